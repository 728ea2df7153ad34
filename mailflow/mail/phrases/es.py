# ruff: noqa: E501 (one phrase a line, however many words it allows)
"""Spanish."""

WORDS = """el la los las un una unos unas de del en y o que no se por con para es son fue ser está están muy más pero como mi mis su sus me te lo le les
al este esta esto hay yo usted ustedes nosotros gracias favor hola sí saludos también ya sin sobre todo todos cuando donde dónde qué quién cómo cuál"""

PHRASES = {
    "elsewhere": """
invitados|asistentes|ponentes|programa|directorio|calendario|taller|reunión|congreso|boletín|encuesta|cena|almuerzo
lista de espera|correo|invitados|distribución|difusión
""",
    "sign": """
les|os|te|le doy|presto|ofrezco|envío|mando|cedo mi firma|nombre
no|sin ... dudo|dudar|vacilo|titubeo|dudarlo en? firmar
sin dudarlo|dudar|vacilar firmo
mi firma va|está|es|cuenta con|suya|vuestra|ahí|aquí|para|por
apoyo y mi? firma
sirva este|esta ... firma
que este|esta mensaje|correo ... firma
este|esta mensaje|correo|respuesta vale|sirve|cuenta ... firma
presto|doy|pongo|aporto|ofrezco|estampo mi firma|nombre
y la|lo|también|por? firmo
firmo con mucho? gusto|agrado|orgullo|placer|alegría
firmo
yo sí? firmo
yo también|sí|claro firmo
firmaré|firmare
^sí|si firmo|firmaré|quiero|acepto firmar?
estoy firmando
quiero|deseo|acepto|decido firmar
quisiera|querría firmar
voy a firmar
suscribo la|esta|el|plenamente|totalmente petición|iniciativa|solicitud?
yo? suscribo
me sumo con|a|encantad*|y|gustos* la|mi|gusto|esta firma|petición|iniciativa
me adhiero
me uno a la|esta petición
doy|pongo|presto|estampo|añado|agrego|aporto mi firma|nombre
aquí está|tienen|va mi firma
ahí va mi firma
tienen|tiene|tienes mi firma
esta|este es mi firma
considérenme|considerenme|considéreme firmante|como|firmado
confirmo mi firma
confirmo que firmo
quisiera|querría|quiero|deseo|me|gustaría que ... agreg*|añad*|anad*|inclu*|pus*|pong*|pusieran ... nombre|firma
tiene|tienen|tenéis|tienes|teneis usted|ustedes? mi firma
adhiero|adhiérome a
doy mi firma
va mi firma
aquí|ahí va|está|tienen mi firma
""",
    "willing": """
encantado|encantada|feliz|gustoso|gustosa|contento|contenta|dispuesto|dispuesta de|a firmar
con gusto firmo|firmaré|firmaria
con mucho gusto firmo|firmaré
me gustaría|gustaria|encantaría|encantaria firmar
me gustaría|gustaria|encantaría|encantaria que ... mi nombre
será un placer firmar
es un placer|honor firmar
""",
    "request": """
agreguen|añadan|añada|incluyan|incluya|pongan|sumen|anoten|apunten|registren|acepten|cuenten ... mi firma|nombre
añadir|incluir|sumar|agregar|poner|registrar ... mi firma|nombre
pueden|puede|podéis|puedes contar con mi|la firma
pueden|puede|podéis|puedes añadir|incluir|poner|agregar|sumar|apuntar mi|a|mí? nombre|firma
cuenten|cuente|cuenta|contad con mi|la firma
cuenten|cuente|cuenta conmigo
agreguen|agregue|agrega|agregad|añadan|añada|añade|añadid|incluyan|incluya|incluye|incluid|pongan|ponga|pon|poned|sumen|sume|suma|sumad|anoten|anote|anota|apunten|apunte|apunta|inscriban|inscriba|registren|registre|escriban|ingresen mi|a nombre|firma|mí?
agregar|añadir|incluir|poner|sumar|anotar|registrar mi nombre|firma
agréguenme|agrégueme|agrégame|añádanme|añádame|añádeme|añadidme|inclúyanme|inclúyame|inclúyeme|incluidme|apúntenme|apúnteme|apúntame|apuntadme|anótenme|anóteme|anótame|súmenme|súmeme|súmame|sumadme|pónganme|póngame|ponme|inscríbanme|regístrenme
me apunto|anoto|sumo
que aparezca|figure|conste mi nombre|firma
que mi nombre|firma aparezca|figure|conste|esté
añad*|agreg*|pong*|inclu* el mío
""",
    "lone": """
=firmo
=firma
=firmado
=firmada
=firmar
=yo firmo
=sí firmo
=cuenten|cuente|cuenta conmigo
=me apunto
=me sumo
=me adhiero
=apúntenme
=apúntame
=apúnteme
=inclúyanme
=agréguenme
=añádanme
=presente
=suscribo
=lo firmo
=la firmo
=mi firma
=yo también
=conmigo cuenten
""",
    "yes": """
=sí
=sí sí
=sí claro
=claro
=claro que sí
=por supuesto
=por supuesto que sí
=desde luego
=desde luego que sí
=cómo no
=sí por favor
=sí por supuesto
=sí acepto
=sí quiero
=sí lo hago
=sí señor|señora
=sin duda
=sin dudarlo
=con gusto
=con mucho gusto
=encantado
=encantada
=sí con gusto
=sí con mucho gusto
=afirmativo
=seguro
=por descontado
=mi respuesta es sí
=doy mi sí
=un sí
=un sí rotundo|claro|grande
""",
    "confirm": """
=confirmo
=confirmado
=lo confirmo
=sí confirmo
=sí lo confirmo
=correcto
=es correcto
=sí es correcto
=así es
=de acuerdo
=vale
=ok
=fui yo
=sí fui yo
=sí soy yo
=soy yo
=he sido yo
=exacto
=efectivamente
confirmo mi|que|la
fui yo quien|misma|mismo
he sido yo
firmé yo|personalmente
sí firmé
firmé|firme yo mismo|misma
fui yo
yo firmé|firme
""",
    "no": """
=no
=no no
=no gracias
=gracias pero no
=no señor
=nunca
=jamás
=en absoluto
=de ninguna manera|forma
=para nada
=yo no
=paso
=mejor no
=creo que no
=no me interesa
=no cuenten conmigo
=claro que no
=por supuesto que no
=negativo
=lo siento no
=no lo siento
=desde luego que no
=prefiero no hacerlo
=esta vez no
""",
    "decline": """
preferiría|prefiere|prefiero no firmar
no ... firmar en conciencia
prefiero abstenerme
me abstengo
no lo|la|la? firmo|firmaré|firmare|suscribo|firmaría
no voy|pienso|quiero|deseo|puedo|podré|debo|pretendo|estoy a|en? firmar*
no voy|pienso|quiero|deseo|puedo|podré|debo|puedo a? firmarla|firmarlo|hacerlo|sumarme|adherirme
no quiero|deseo que ... nombre
no cuenten|cuente|cuentes conmigo
no me interesa|apunto|sumo|adhiero|uno|agreguen|añadan|incluyan|anoten|apunten
no agreguen|añadan|incluyan|pongan|sumen|usen mi|a
prefiero no
declino
rechazo
me niego a
me opongo
me abstengo
estoy en contra
no estoy de acuerdo
no estoy dispuesto|dispuesta|interesado|interesada
no daré|doy mi
no tendrán mi firma
paso de firmar
no es para mí
^pero no puedo$
^no puedo$
sin mi firma
no estoy|me encuentro en condiciones|posición|posibilidad|situación de
no estoy en condiciones|posición|posibilidad|situación de
no deseo|quiero|pienso|voy participar|a|formar|ser
esta|ésta vez paso|no
^paso$
""",
    "withdraw": """
retiren|retire|retira|retirad|quiten|quite|quita|borren|borre|borra|eliminen|elimine|elimina|anulen|anule|anula|cancelen|cancele|cancela|supriman|suprima|tachen|tache|saquen|saque|revoquen mi|a firma|nombre|adhesión|apoyo
retirar|quitar|borrar|eliminar|anular|cancelar|suprimir|revocar|sacar mi firma|nombre|adhesión|apoyo
retiro|revoco|anulo|cancelo mi firma|nombre|adhesión|apoyo|consentimiento
=retiro
=retirar
=retírenme
=me retiro
=retiren
me retracto
ya no quiero|deseo firmar|estar|apoyar|figurar
quítenme|bórrenme|sáquenme|elimínenme|quíteme|bórreme de ... firmas|firmantes|petición
he cambiado de opinión|idea
cambié de opinión|idea
retirarme de la petición
dejen sin efecto mi
solicito|pido|ruego|quiero la? anulación|retirada|eliminación|retiro|cancelación de mi firma|nombre
que borr*|elimin*|quit*|retir*|anul* mi firma|nombre
""",
    "unsubscribe": """
darme|denme|deme|dame|dadme|me de? baja
darme de baja
dar|den|dé de baja
=baja
=de baja
=alto
=cancelar
=cancelar suscripción
=desuscribir
=desuscribirme
=desuscribirse
=bórrenme
=parar
desuscrib*
desuscríb*
cancelar|cancelen|cancele|anular|anulen mi|la suscripción
no quiero|deseo recibir|seguir más? recibiendo?
no deseo|quiero seguir recibiendo
no me envíen|envíe|envíes|manden|mande|mandes|escriban|escriba|contacten
no envíen|manden más
dejen|deje|deja|dejad de enviar*|mandar*|escribir*
dejen de molestar
quítenme|bórrenme|sáquenme|elimínenme|quíteme|bórreme|sáqueme|elimíneme|quítame|bórrame|retírenme|retíreme de|del la|esta|su|lista|listas|listado lista?
eliminen|borren|quiten|retiren|saquen mi correo|dirección|email
no más correos|mensajes|emails
""",
    "notme": """
=no fui yo
no fui|he sido yo
yo no fui|he sido
=no soy yo
yo no firmé|firme|he firmado|envié|escribí|mandé
no firmé|he firmado yo|nunca|esto|eso|ninguna
nunca firmé|he firmado
alguien firmó|ha firmado|usó|escribió
sin mi consentimiento|permiso|autorización
""",
    "negation": """
no
nunca
jamás
ni
tampoco
sin
nadie
""",
    "decoy": """
firm* ... contrato|contratos|documento|documentos|factura|facturas|recibo|convenio|papeles
sin duda
sin dudarlo
por qué no
cómo no
no hay problema|inconveniente
ningún problema|inconveniente
no tengo ninguna? duda|dudas|inconveniente|problema|objeción
no solo|sólo
no cabe duda
no dudo|duden|dude
si necesitan|necesita|necesitas|hace|quieren|quiere|desean|puedo|puede|pueden|hay|fuera|es tienen?
si no es demasiado tarde
si es posible
aunque
como si
firma electrónica|digital|del
firma de correo|los|mis|documentos|contratos
firmo con certificado|bolígrafo|pluma|tinta|el
firmo mis|los|el|documentos
reunión|asamblea|acuerdo firmado
""",
    "not condition": """
^si firmo|quiero|deseo|acepto|apoyo|claro|gracias
^si yo firmo
^si por supuesto|favor
^si me apunto|sumo|adhiero
^si cuenten|cuente|agreguen|incluyan|añadan
^si con gusto|mucho
^si confirmo|lo|fui|es
^si$
en condiciones
sin condiciones|condición
""",
    "condition": """
si
siempre que|y
a condición de
con la condición
con tal de
a menos que
salvo que
a no ser que
solo|sólo si
cuando
en caso de
dependiendo
depende
antes de
una vez
hasta que
en cuanto
condición|condiciones
a mi regreso|vuelta|retorno
""",
    "would": """
firmaría|firmaria
podría|debería firmar
casi firm*
estuve|estaba a punto de
estaba|iba por|a firmar
""",
    "hedge": """
depende|dependerá de|del
firmaré ... lunes|martes|miércoles|jueves|viernes|sábado|domingo|mañana|próxim*|luego|después|cuando|en
en cuanto
tan pronto
todos los días
todo el día
siempre
debo|tengo|necesito primero|que|antes
quizá
quizás
tal vez
a lo mejor
puede que
posiblemente
probablemente
lo pensaré|pienso|consultaré
voy a pensarlo|leerlo|consultarlo|ver
tengo que pensarlo|leer|consultar|hablar
no estoy seguro|segura
no sé|se si
no lo tengo claro
déjenme|déjeme pensar*
mañana
más tarde|adelante
luego
próxima|próximo
pensando en
en principio
me lo pienso
pediré permiso
debería|podría firmar
supongo
creo que firm*
""",
    "past": """
ya firmé|firme|he|había|lo firmado?
ya la|lo|está firmé|firmada|firmado|hice
firmé|firme la|ya|ayer|el|hace|este|esta|en
he firmado
había firmado
""",
    "third": """
mi|nuestra|nuestro|su|un|una colega|compañero|compañera|esposa|esposo|marido|mujer|amigo|amiga|jefe|jefa|director|directora|hermano|hermana|hijo|hija|biblioteca|institución ... firm*|quier*|desea
firmamos
mis|nuestros colegas|compañeros ... firm*|quier*
ella|él firma|firmará|quiere
deberían|debería|deberías|tienes|tienen que? firmar
firme|firmen|firma usted|ustedes|tú
todos|todas|todo deberían|debería|deben|debe|tienen
""",
    "behalf": """
en nombre de
en representación de
por mi marido|esposa|jefe|colega|institución|biblioteca
como institución|entidad|director|directora|presidente|presidenta
por parte de
""",
    "irony": """
sí claro cómo no
ni loco|loca|muerto|muerta|borracho
ja ja
jaja
jajaja
claro que no
cuando las ranas
""",
    "but": """
^pero
pero
^sin embargo
^aunque
lamentablemente
desgraciadamente
por desgracia
""",
    "question": """
^dónde|cómo|cuándo|quién|quiénes|cuál|cuáles|cuánto|cuántos|cuántas|qué
^por qué|que
^puedo|pueden|puede|podría|podrían|hay|es|tengo|debo
^donde|como|cuando|quien|cual|cuanto se|puedo|hay|es|firmo|debo
""",
    "asking": """
quisiera|querría|quería|quiero|necesito|me saber|preguntar
me gustaría saber
podrían|podría|pueden|puede decirme|explicarme|indicarme|aclarar*|informarme
díganme
tengo una|dos|unas pregunta|preguntas|duda|dudas
""",
    "support": """
apoyo
la|lo apoyo
estoy de acuerdo
a favor
totalmente de acuerdo
muy buena|bien|buen
buena|gran|excelente|magnífica|estupenda|linda|bonita|maravillosa iniciativa|idea|propuesta|causa
me parece
enhorabuena
felicidades
felicitaciones
ánimo
adelante
suerte
bravo
""",
    "polite": """
gracias
muchas gracias
mil gracias
por favor
hola
buenos días
buenas tardes
buenas noches
buenas
buen día
estimado|estimada|estimados|estimadas
querido|querida|queridos
saludos
un|cordial|cordiales|atentos saludo|saludos
un? abrazo
atentamente
cordialmente
de antemano
a todos|todas
señores|señor|señora
a quien corresponda
que tenga|tengan
""",
    "object": """
petición
iniciativa
lista
firmas
firmantes
grupo
esto
causa
solicitud
""",
    "for": """
para
como
a
""",
    "lead": """
pues
bueno
pero
entonces
y
yo digo
mi respuesta es
""",
    "self": """
=yo
=yo el abajo firmante
=yo la abajo firmante
=el abajo firmante
=la abajo firmante
""",
    "concede": """
aunque
sin ser|tener
""",
    "relation": """
a? mi|mis|nuestra|nuestro marido|esposo|esposa|mujer|colega|colegas|compañero|compañera|compañeros|compañeras|hermano|hermana|amigo|amiga|jefe|jefa|director|directora|hijo|hija|madre|padre|equipo|pareja
""",
    "receipt": """
recibí|recibi|recibimos|llegó|he recibido
me llegó|ha llegado
""",
    "demand": """
^cambie*|cambia|corrija*|quite*|elimine*|supriman|suprima|modifique*|reescriba*|muéstren*|muestren*|expliquen*|explique*|publique*|demuéstren*|aclare*|acorten|acorte|mejore*|agreguen|añadan|incluyan el|la|los|las|un|una|me|ese|esa|este|esta
""",
}
