# ruff: noqa: E501 (one phrase a line, however many words it allows)
"""Turkish."""

WORDS = """ve bir bu için ile de da ben sen biz siz o ne var yok çok daha gibi ama olarak kadar sonra benim bana beni adımı imza teşekkürler teşekkür ederim merhaba
saygılarımla iyi günler lütfen evet hayır değil mi mı mu mü nasıl neden nerede kim hangi olan oldu ise veya eğer"""

NEGATION_FOLLOWS = True

PHRASES = {
    "sign": """
imzalıyorum
imzalayacağım
imzalarım
imza atıyorum|atacağım|veriyorum|atarım
imzamı atıyorum|veriyorum|ekliyorum|koyuyorum
imzalamak istiyorum|isterim
katılıyorum ve imzalıyorum
ben de imzalıyorum|varım
işte imzam
imzam sizindir|budur
imzamı onaylıyorum
""",
    "willing": """
memnuniyetle|seve imzalıyorum|imzalarım|seve
imzalamaktan mutluluk|memnuniyet|onur
""",
    "request": """
adımı|ismimi|imzamı|beni lütfen? listeye? ekleyin|yazın|kaydedin|ekleyiniz|dahil|ekler
adımı ... ekleyin|yazın|ekleyiniz|ekler
beni de ekleyin|yazın|sayın
beni de sayın
beni listeye
""",
    "lone": """
=imzalıyorum
=imza
=imzaladım
=imzalandı
=imzalarım
=ben de varım
=varım
=ben de
=ben varım
=imzam
=beni de ekleyin
=beni de yazın
=evet imzalıyorum
=imzalayacağım
""",
    "yes": """
=evet
=evet evet
=evet lütfen
=tabii
=tabii ki
=evet tabii
=evet tabii ki
=elbette
=evet elbette
=kesinlikle
=evet kesinlikle
=memnuniyetle
=evet memnuniyetle
=seve seve
=olur
=neden olmasın
=evet isterim
=hay hay
=şüphesiz
""",
    "confirm": """
=onaylıyorum
=evet onaylıyorum
=onaylandı
=teyit ediyorum
=doğru
=evet doğru
=doğrudur
=evet bendim
=bendim
=benim
=evet benim
=tamam
=kabul ediyorum
=aynen
onaylıyorum
teyit ediyorum
ben imzaladım
""",
    "no": """
=hayır
=yok
=hayır teşekkürler
=hayır teşekkür ederim
=teşekkürler hayır
=asla
=kesinlikle hayır
=istemiyorum
=ilgilenmiyorum
=ben yokum
=reddediyorum
=maalesef hayır
=karşıyım
=olmaz
=bu sefer değil
""",
    "decline": """
imzalamıyorum
imzalamayacağım
imzalamam
imzalayamam
imzalayamıyorum
imzalamak istemiyorum|istemem
imza atmıyorum|atmayacağım|vermiyorum|atmak|vermeyeceğim
imzalamayı reddediyorum|düşünmüyorum
karşıyım
ilgilenmiyorum
desteklemiyorum
katılmıyorum
adımı|beni|ismimi ... eklemeyin|yazmayın|koymayın
reddediyorum
""",
    "withdraw": """
imzamı|adımı|ismimi ... geri|silin|çıkarın|kaldırın|çekiyorum|iptal|siliniz|çıkartın|çekmek
imzamı geri
geri çekiyorum
fikrimi değiştirdim
vazgeçtim
=geri çekiyorum
=iptal
=vazgeçtim
""",
    "unsubscribe": """
aboneliğimi|aboneliği|abonelikten iptal|çık*|sonlandır*
listeden çıkarın|çıkmak|silin|çıkar
beni|adresimi ... listeden|listenizden|çıkarın
e posta|mail|mesaj göndermeyin|almak|istemiyorum
bana ... göndermeyin|yazmayın
artık ... göndermeyin|istemiyorum|almak
=dur
=durdur
=stop
=abonelikten çık
=iptal et
=yeter
""",
    "notme": """
=ben değildim
=ben değilim
=o ben değildim
=ben değil
ben değildim
ben yapmadım|imzalamadım|göndermedim|yazmadım
hiç imzalamadım
başkası
bilgim|iznim dışında|olmadan
""",
    "negation": """
değil
yok
asla
hayır
hiç
""",
    "decoy": """
sorun değil|yok
hiç şüphesiz|kuşkusuz
neden olmasın
sadece değil
itirazım yok
eğer gerekirse|isterseniz
""",
    "condition": """
eğer
şartıyla
koşuluyla
ise
olursa
halinde
takdirde
sonra
önce
*arsa|*erse|*irsa|*irse|*ursa|*urse|*mazsa|*mezse
*arsam|*ersem|*irsam|*irsem|*ursam|*ursem
*arsaniz|*erseniz|*irsaniz|*irseniz|*ursaniz|*urseniz
*arsak|*ersek|*arsan|*ersen|*arsalar|*erseler|*irlarsa|*irlerse|*arlarsa|*erlerse
*ince|*inca|*unca|*diginda|*diktan|*dikten|*madan|*meden|*olursa
şart*|koşul*
*unce
""",
    "would": """
imzalardım
imzalayabilirim
""",
    "hedge": """
belki
muhtemelen
düşüneceğim
düşünmem
emin değilim
bilmiyorum
henüz
yarın
haftaya
imzalayabilirim
imzalardım
ilke olarak
gelecek|önümüzdeki hafta|ay|gün|pazartesi|salı
imzalasam mı
""",
    "past": """
zaten|daha|geçen ... imzaladım|imzalamıştım
imzalamıştım
""",
    "third": """
arkadaşım|eşim|meslektaşım|müdürüm|kardeşim|oğlum|kızım
imzalıyoruz
imzalayın
imzalamalısınız
""",
    "behalf": """
adına
temsilen
kurum|kütüphane olarak
yerine
""",
    "irony": """
haha
şaka
""",
    "but": """
^ama
ama
^ancak
ancak
maalesef
ne yazık ki
""",
    "question": """
nerede
nasıl
ne zaman
kim
mı$
mi$
mu$
mü$
mıyım$
miyim$
neden
hangi
""",
    "asking": """
öğrenmek|sormak istiyorum|isterim
sorum var
açıklar mısınız
bildirir misiniz
söyler misiniz
""",
    "support": """
destekliyorum
güzel|harika|iyi fikir|girişim
başarılar
katılıyorum
bravo
kolay gelsin
""",
    "polite": """
teşekkürler
teşekkür ederim
çok teşekkürler
lütfen
merhaba
merhabalar
selam
sayın
saygılarımla
saygılar
sevgiler
iyi günler
iyi çalışmalar
günaydın
şimdiden
""",
    "object": """
listeye
dilekçe*
imza*
""",
    "for": """
için
olarak
""",
    "relation": """
eşim|eşimi|eşimin|arkadaşım*|meslektaşım*|kardeşim*|müdürüm*|oğlum*|kızım*|annem*|babam*|kocam*|karım*|ablam*|abim*
""",
    "receipt": """
aldım|geldi|ulaştı
""",
    "demand": """
^başlığı|metni|maddeyi|bütçeyi|üçüncü|ikinci ... değiştirin|düzeltin|çıkarın|gösterin|açıklayın|kısaltın|silin
*değiştirin|düzeltin|kısaltın
""",
}
