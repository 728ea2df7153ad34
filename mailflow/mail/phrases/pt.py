# ruff: noqa: E501 (one phrase a line, however many words it allows)
"""Portuguese."""

WORDS = """o a os as um uma de do da dos das em no na nos nas e ou que não é são foi ser está estão com para por pelo pela se mas como meu minha meus minhas
seu sua me te lhe nos eu você vocês nós este esta isto isso há muito mais bem também já sem sobre obrigado obrigada olá bom dia boa tarde cumprimentos
atenciosamente ao à quando onde quem qual sim tem tenho temos"""

PHRASES = {
    "elsewhere": """
convidados|participantes|oradores|palestrantes|programa|diretório|calendário|oficina|reunião|congresso|boletim|inquérito|jantar|almoço
lista de espera|convidados|distribuição
""",
    "sign": """
vos|lhes|te|lhe dou|empresto|ofereço|envio|mando a|o? minha|meu assinatura|nome
dou|empresto vos|lhes|te|lhe a|o? minha|meu assinatura|nome
não|sem hesito|hesitar|hesitação|hesitações em|assino? assinar|assino?
apoio e a? minha assinatura
a minha assinatura é|está|vai vossa|com|aqui|convosco|aí
esta|este mensagem|email|mail|e|resposta mail? vale|serve|conta ... assinatura
que esta|este mensagem|email|e ... assinatura
têm|tem|têm a minha assinatura
dou|ponho|empresto|coloco|acrescento a|o minha|meu assinatura|nome
e por|a|o|também? isso? assino
e assino
assino
eu assino
assino sim
assinarei
vou assinar
quero|desejo|aceito|pretendo|gostaria assinar
quero|desejo|aceito|pretendo|decido assinar
subscrevo
eu subscrevo
adiro
junto me|a
dou|ponho|deixo|acrescento|coloco|empresto a|o minha|meu assinatura|nome
aqui está|vai|fica a minha? assinatura
têm|tem|tens a minha assinatura
considerem|considere ... assinatura|assinado|assinada|signatário|signatária
esta é a minha assinatura
estou assinando
confirmo a? minha assinatura
confirmo que assino
quero|gostaria|desejo de? ser|estar|figurar|constar ... signatári*|signatários|lista|assinantes
sou|serei mais um|uma signatári*
""",
    "willing": """
assino com prazer|gosto|todo|muito
com prazer|gosto assino
feliz|contente|honrado|honrada|disposto|disposta em|por|a|de assinar
gostaria de assinar
gostaria de que|ver|ter|incluir|adicionar ... nome
terei|tenho prazer|gosto em assinar
adoraria assinar
""",
    "request": """
adicionem|incluam|acrescentem|coloquem|ponham|registem|registrem|contem|aceitem ... minha|meu assinatura|nome
adicionar|incluir|acrescentar|colocar|pôr|registar|registrar ... minha|meu assinatura|nome
contar com a? minha assinatura|voz|nome
contem|conte|conta comigo
contem|contar com? a|o|minha|meu minha|meu? assinatura|nome
podem|pode contar comigo
incluam|inclua|inclui|incluir|adicionem|adicione|adiciona|adicionar|acrescentem|acrescente|acrescentar|ponham|ponha|põe|pôr|coloquem|coloque|coloca|colocar|somem|some|juntem|junte|juntar|registrem|registre|registem|registe|anotem|anote o|a|também? meu|minha nome|assinatura
incluam|inclua|adicionem|acrescentem|ponham|coloquem|contem|inscrevam me
me incluam|inclua|adicionem|adicione|acrescentem|coloquem|coloque|ponham|contem|inscrevam|inclui|bota
meu nome na lista
conta o meu nome
""",
    "lone": """
=assino
=assinado
=assinada
=eu assino
=assinar
=assinatura
=contem comigo
=conte comigo
=pode contar comigo
=podem contar comigo
=tô dentro
=estou dentro
=eu também
=subscrevo
=presente
=estou nessa
=tô nessa
=assino embaixo
=assino em baixo
=a minha assinatura
=minha assinatura
=sim assino
=incluam me
""",
    "yes": """
=sim
=sim sim
=sim claro
=claro
=claro que sim
=com certeza
=sim com certeza
=com prazer
=com todo o? prazer
=com muito prazer|gosto
=sim por favor
=sim obrigado
=sim obrigada
=sim quero
=sim aceito
=certamente
=sem dúvida
=evidentemente
=naturalmente
=por que não
=porque não
=pode ser sim
=é claro
=lógico
=pois claro
=sim com prazer
=sim senhor|senhora
=a minha resposta é sim
=óbvio
""",
    "confirm": """
=confirmo
=confirmado
=confirmada
=sim confirmo
=eu confirmo
=correto
=correcto
=está correto
=sim está correto
=certo
=isso
=isso mesmo
=sim isso mesmo
=fui eu
=sim fui eu
=sou eu
=sim sou eu
=exato
=exatamente
=de acordo
=ok
=tudo certo
confirmo a|que|minha|o
fui eu mesmo|mesma|que|quem
fui eu
assinei eu|mesmo|mesma
""",
    "no": """
=não
=não não
=não obrigado
=não obrigada
=obrigado não
=obrigada não
=obrigado mas não
=obrigada mas não
=nunca
=jamais
=de jeito nenhum
=de modo algum|nenhum
=de maneira nenhuma
=nem pensar
=claro que não
=com certeza não
=eu não
=desta vez não
=não me interessa
=não tenho interesse
=prefiro não
=infelizmente não
=não desta vez
=passo
=recuso
=tô fora
=estou fora
""",
    "decline": """
não assino|assinarei|subscrevo|adiro|assinaria
não a|o? assino|assinarei
não vou|quero|posso|pretendo|desejo|poderei|devo|irei|gostaria de? assinar|aderir|subscrever|participar
não quero|desejo que ... nome
não vou|posso|quero|poderei fazê|a|lo
não contem|conte comigo
não incluam|inclua|ponham|coloquem|adicionem|acrescentem|usem o|meu|me
não estou interessado|interessada|de|disposto|disposta
não me interessa
não tenho interesse
não concordo
prefiro não
recuso
recuso me
me recuso
declino
abstenho me
sou contra
sou contrário|contrária
oponho me
mas não posso
^não posso$
fico de fora
""",
    "withdraw": """
retirem|retire|retira|removam|remova|remove|tirem|tire|tira|apaguem|apague|eliminem|elimine|cancelem|cancele|anulem|anule|excluam|exclua|risquem|desconsiderem|desconsidere a|o minha|meu assinatura|nome|adesão
retirem|retire|removam|remova|tirem|cancelem|anulem minha|meu assinatura|nome
retirar|remover|tirar|apagar|eliminar|cancelar|anular|excluir|revogar a|o|minha|meu minha|meu? assinatura|nome|adesão
retiro|revogo|anulo|cancelo a|minha|o minha? assinatura|nome|apoio
=retirar
=retiro
=retirem
=retirada
não quero|desejo mais assinar|apoiar|constar|fazer
mudei de ideia|ideias|opinião
volto atrás
tirem|retirem|removam me ... petição|assinantes|signatários
""",
    "unsubscribe": """
descadastr*
desinscrev*
desinscriç*
cancelar|cancelem|cancele|anular a|minha|inscrição|assinatura|subscrição minha? inscrição|subscrição|newsletter|cadastro|da|dos|de
cancelar|cancelem|cancele a? minha? inscrição|subscrição|cadastro
remover|removam|remova|retirem|retire|tirem|tire|excluam|exclua|apaguem|eliminem me|meu|o|a ... lista|listas|mailing|email|e|endereço
me remov*|retir*|tir*|exclu* ... lista|listas|mailing
não quero|desejo mais receber
não quero|desejo receber
não quero|desejo continuar a receber
não me enviem|envie|mandem|mande|escrevam|contactem|contatem
parem|pare|deixem|deixe de|com enviar|mandar|escrever|me|estes|esses|os|e
parem|pare de me? enviar|mandar|escrever
=parar
=pare
=parem
=sair
=cancelar
=stop
=remover
=descadastrar
chega de emails|mensagens
não enviem mais
""",
    "notme": """
=não fui eu
=não sou eu
=eu não
não fui eu
não fui eu quem|que
eu não assinei|enviei|escrevi|mandei
nunca assinei|enviei|escrevi
não assinei|enviei nada|isso|isto|esta|nenhuma|essa
alguém assinou|usou|enviou|escreveu
sem o? meu consentimento|conhecimento|autorização
""",
    "negation": """
não
nunca
jamais
nem
sem
tampouco
ninguém
""",
    "decoy": """
assin* ... contrato|contratos|documento|documentos|fatura|recibo|papéis
sem problema|problemas|dúvida|dúvidas|hesitar|hesitação
não há problema|dúvida|dúvidas
não tem problema
não só|apenas|somente
por que não
porque não
não tenho dúvida|dúvidas|objeção|objeções|nada
nenhum problema
nenhuma dúvida|objeção
mesmo que
como se
se precisar*|quiser*|possível|necessário|for|puder*|houver|desejar*
se ainda for|der
se não for tarde|muito
não hesite*
não deixe* de
assino embaixo|em
assino os|as|por documentos|contratos
""",
    "condition": """
se
caso
desde que
contanto que
a menos que
a não ser que
com a condição
sob condição
só se
somente se
quando
depois de|que
assim que
antes de
depende
dependendo
até que
uma vez que
condição|condições
no|ao meu regresso|retorno
quando regressar|voltar
""",
    "would": """
assinaria
""",
    "closing": """
=assinado
=assinada
""",
    "hedge": """
depende|dependerá de|da|do|das
assino|assinarei|vou assinar? ... segunda|terça|quarta|quinta|sexta|sábado|domingo|amanhã|depois|quando|logo|próxim*|semana
assim que
todos os dias
o dia todo|inteiro
preciso ... falar|perguntar|ler|consultar
talvez
provavelmente
possivelmente
eventualmente
quem sabe
vou pensar|ler|ver|consultar|falar
preciso pensar|ler|ver|consultar|falar
tenho de|que pensar|ler|ver|consultar|falar
não sei se
não tenho certeza
ainda não
amanhã
mais tarde
depois
próximo|próxima
em princípio
a princípio
deveria|poderia assinar
acho que
penso que
pode ser
""",
    "not hedge": """
acho que é|está|isto|isso
""",
    "past": """
já assinei|tinha|respondi|enviei|fiz assinado?
assinei
tinha assinado
já a|o assinei
""",
    "third": """
meu|minha|o|a|um|uma meu|minha? colega|marido|esposa|mulher|amigo|amiga|chefe|diretor|diretora|biblioteca|irmão|irmã|filho|filha ... assin*|quer|gostaria
assinamos
ele|ela assina|quer|gostaria
deveria|deveriam|devia|deviam assinar
assinem
todos|todas|toda deveriam|deviam|devem|podem|gente
""",
    "behalf": """
em nome de|da|do
em representação
por conta de
como diretor|diretora|instituição|presidente|representante
pela minha instituição
""",
    "irony": """
sim claro até
kkk
kkkk
haha
nem morto|morta
só que não
""",
    "but": """
^mas
mas
^porém
porém
^contudo
infelizmente
""",
    "question": """
^onde|como|quando|quem|qual|quais|quanto|quantos|quantas|que|porque|por|posso|podem|pode|há|é|tenho|preciso
""",
    "asking": """
gostaria de saber|perguntar|entender
gostava de saber|perguntar
queria saber|perguntar
podem|poderiam|pode|poderia me? dizer|explicar|informar|enviar|esclarecer|indicar
tenho uma|duas|algumas pergunta|perguntas|dúvida|dúvidas
""",
    "support": """
apoio
concordo
sou a favor
a favor
de acordo
boa|ótima|excelente|bela|bonita|grande iniciativa|ideia|causa|proposta
parabéns
força
boa sorte
muito bem
adorei
gostei
""",
    "polite": """
obrigado
obrigada
muito obrigado|obrigada
por favor
olá
oi
bom dia
boa tarde
boa noite
caro|cara|caros|caras
prezado|prezada|prezados|prezadas
cumprimentos
com os melhores cumprimentos
melhores cumprimentos
atenciosamente
atentamente
abraço
um abraço
abraços
saudações
desde já
agradeço
""",
    "object": """
petição
lista
assinaturas
assinantes
signatários
grupo
iniciativa
abaixo
""",
    "for": """
para
como
a
""",
    "lead": """
então
mas
bem
e
pois
a minha resposta é
""",
    "self": """
=eu
=eu abaixo assinado
=eu abaixo assinada
""",
    "concede": """
mesmo que|se|sem
embora
sem
""",
    "relation": """
meu|minha|meus|minhas|nosso|nossa marido|esposa|mulher|colega|colegas|irmão|irmã|amigo|amiga|chefe|diretor|diretora|filho|filha|mãe|pai|companheiro|companheira
""",
    "receipt": """
recebi|chegou|recebemos
""",
    "demand": """
^mudem|mude|corrijam|corrija|retirem|retire|eliminem|modifiquem|alterem|altere|mostrem|mostre|expliquem|publiquem|reescrevam|melhorem|acrescentem|encurtem|tirem o|a|os|as|um|uma|me|esse|essa|este
""",
    "not condition": """
sem condição|condições|reservas
""",
}
