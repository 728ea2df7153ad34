# ruff: noqa: E501 (one phrase a line, however many words it allows)
"""English."""

WORDS = """the a an and or of to in is are was were be been for on with that this it not but have has had i you he she we they my your our
their me us as at by from will would can could do does did so what which who how where when why about there here all any no yes if
than then too very just please thank thanks am im ive dont sorry hi hello"""

PHRASES = {
    "inquiry": """
^does|did|do|is|are|was|were|has|why|who|how|when|what|which|where
""",
    "elsewhere": """
invitation|invitations|invite|guest|guests|mailing|mail|waiting|wait|speaker|speakers|contact|contacts|email|reading|distribution|volunteer|volunteers|phone list
newsletter|newsletters|program|programme|schedule|agenda|directory|website|webpage|calendar|workshop|webinar|meeting|conference|lunch|dinner|picnic|raffle|party|tour|panel|course|training|seminar|poll|survey
in pencil|crayon
as a? maybe|perhaps|speaker|tester|volunteer|guest|reviewer|panelist|observer
in|into the bin|trash|garbage|shredder|wastebasket|dustbin
on hold|ice|standby
""",
    "sign": """
no|without|any|zero hesitation|qualms|reservations|doubts|objections|trouble in|about|to|with? signing|sign
don't|not|never|won't hesitate to? sign|signing
you've|you|youve got|have my ... signature
i ... and|so|hence|therefore sign it|this|here|herewith|below
signing herewith|hereby|accordingly
my name|signature can|may|should|shall also? go|stand|be on|there|under|here|below|among
great|real|true|sincere? pleasure|honor|honour|privilege|joy|delight to sign
support and|plus my? signature|name
my signature is|goes yours|with|here|on|under|below|beneath|enclosed
count|consider|regard|treat me as? ... signed|signatory|signer|signatories
i want|wanna in$
i gladly|happily|hereby|willingly|proudly|wholeheartedly|also lend|add|give|put my name|signature|support
you've got my signature
you got my signature
support|endorse|back|agree|approve it|this|you|that|fully|the|wholeheartedly? petition|statement? and|& i? therefore|hereby|gladly|happily? sign
i hereby? gladly|happily|proudly|now|also|do|still|therefore|herewith|certainly|absolutely|definitely|too? sign
i hereby? wholeheartedly|willingly|cheerfully|sincerely|formally|officially sign
ill|i'll gladly|happily|definitely|certainly|absolutely|of? course? sign
i will gladly|happily|definitely|certainly|absolutely|surely|hereby? sign
i'll be signing
i will be signing
im|i'm gladly|happily|hereby? signing
i am gladly|happily|hereby? signing
i shall gladly? sign
i do hereby? sign
i want to sign
i wish to sign
i choose to sign
i agree to sign
i consent to sign
^of course i|ill sign
^yes|sure|gladly|happily|absolutely|yep|yeah|certainly sign
^yes|yep|yeah|sure signed
^yes|yep|sure signing
^signing now|this|it|gladly|happily|today|here|with|on|for
^consider it|this signed
this one i do
^let me sign
let me be the ... to sign
^hereby signed|sign
you have my signature
^here is my signature
^heres my signature
this is my signature
consider this ... my signature
take|treat|accept|regard|count|consider this|these reply|email|e|mail|message|note|answer|response? as|mail? as? my signature
with|by this|my message|mail|email|e|reply|note mail? i hereby? sign
i want|wish|would|i'd like? to be a|counted|listed|included|recorded signatory|signer|among|as|with
i'd like to be a|counted|listed|included|recorded signatory|signer|among|as|with
let me be counted|listed|included among|as|with
consider me a|as? signatory|signer|signed
consider me as? having signed
my vote|answer|reply|response is yes|sign
its|it's a yes from me
that's|it's a yes
^i hereby add|lend|put|give my name|signature
i add|lend|give my name
i add|lend|give my signature
i affix my signature
i put my name
i'm adding|putting|lending|giving my name|signature
i am adding|putting|lending|giving my name|signature
i give you my signature
you can|may have my signature
you can|may|should count on my signature
you can|may use my name
signed by me
my name is on it
i ... join|joining the|your|those ... signers|signatories|petitioners|signees|petition|supporters|undersigned
join|joining the|your signers|signatories|petitioners|undersigned
want|wish|like ... my name|signature beside|among|next|alongside|with|under|there|on|listed|added|included
want|wish to be listed|counted|included|recorded|named as|among|with ... signer|signatory|signers|signatories
i want|wish to be on it|the|this|your|that
want|wish to be a|one|among|part signatory|signer|of|the
am|im|i'm here|writing|emailing|mailing|replying|answering to sign
has|have|gets|get|carries|bears|deserves my ... signature
has|have my full|complete|wholehearted|total? support|backing|vote|blessing|consent|yes and my? signature|name
^one|another more|additional signature
make that|it one|another more? signature
with this|the|my email|e|mail|message|reply|note i|mail ... sign
i support it|this? with my signature|name
^here comes my signature
^signature herewith|attached|enclosed|below
put|putting|adding my hand|pen to
my name belongs|goes on|to|there|with|under|among
a|my signature|name|yes from me
consent|agree to being|be listed|named|counted|added|included|recorded
=signed with|in enthusiasm|pleasure|joy|pride|gusto|gratitude|conviction|love|thanks|gladness|all|full my? heart?
accept your|the invitation|offer|request to sign
treat|take|consider|count|regard this|that ... as my|a yes|sign
see my name there|on|listed|among|under
you have my support|vote|backing and|plus my? name|signature
second|applaud|welcome|like|love this|it|that|the petition? and|& i? sign
consider|count me on the|your list|roll|petition
signing as a|an|member|individual|private|myself|librarian
i give|offer|pledge my ... signature
i give my name|consent|support and my? signature
""",
    "willing": """
happy|glad|delighted|pleased|proud|honored|honoured to be a|an|one|among|counted|included|listed|part|your ... signatory|signatories|signer|signers
my|a|an pleasure|honor|honour|privilege|delight|joy to sign
would like|love to be added|included|listed|counted|recorded
would like|love to sign
and|so|but|then i would like|love to sign
^happy|glad|delighted|pleased|honored|honoured|proud|thrilled to sign
happy|glad|delighted|pleased|honored|honoured|proud|thrilled|willing to sign
happy|glad|delighted|pleased|honored|honoured|proud|thrilled|willing to add my name
i'd like|love|wish to sign
i would like|love|wish to sign
i'd like|love|wish to add my name
i would like|love|wish to add my name
i'd like|love to be added|included|counted
i would like|love to be added|included|counted
i'd be happy|glad|delighted|honored|honoured|pleased|proud to sign
i would be happy|glad|delighted|honored|honoured|pleased|proud to sign
i'd be happy|glad|delighted|honored|honoured|pleased|proud to add my name
i would be happy|glad|delighted|honored|honoured|pleased|proud to add my name
i'd gladly|happily sign
i would gladly|happily sign
i want to add my name
i want to be on the list
i want my name on
^would|will love|like to sign
^where do i sign count me in
^want to sign
^i'm ready|eager to sign
^i am ready|eager to sign
gladly|happily signing|signed
ready|prepared|set to sign
i'm|im|i am in? ready to add my
happy|glad|pleased|proud|honored|honoured|delighted|content|willing to be added|listed|counted|included|named
happy|glad|pleased|proud|honored|honoured|delighted|willing to lend|give|offer my
happy|glad|delighted|proud|pleased to be on|in|there|among
""",
    "request": """
add|give|lend|count|include|register|record|enter|accept|affix|attach|append ... my own|full|formal|personal|official|whole? name|signature
put ... my own|full|formal|personal|official|whole? name|signature on|to|under|down|there|among|in|with|beneath|below
sign me please|too|also|now|and|in|as
you may|can|could add|put|include|use|list|have|count|record my name|signature
go ahead and add|put|include|sign my|me
count on my signature|name|vote|support for?
let|may this ... serve|count|stand|be|act|do as? my signature|name
serves|serve|counts|stands as my signature
accept|attach|append|affix|register|record|include|enter|list|count|receive ... my signature
lend|pledge|offer you? my signature|name
adding|including|recording|registering|counting|entering my name|signature
add|put|count|take my sig
put me down as
put me in for
add|include|put|enter|record|write|place|list|count|register|get|stick|pop|throw|have my name
add|include|record|register|count|accept|take|enter my signature
put|add|include|count|write|enter me down|among|on|to|with|in
put|write|mark me down
put my ... name down|on|to
count me in
count me among
count me as
count mine
sign|sing|sigh me up|on
sign me right|straight up
sign me$
sign my name
add|include|list|register|record|enroll|enrol me
my name to the list|petition|signatures
my name ... added|included|listed|recorded
my signature ... added|included|counted|recorded
me ... added to the list|petition
count my signature|vote|name|yes
note|log|file|tally|acknowledge|recognize|recognise|capture|process|take|put my signature
let me be ... on|among|one|part|number
sign me on$
ad|at my name
enrol|enroll|include|list|name|count|register me as|among|with ... signers|signatories|signatory|signer|petitioners|undersigned
have me on|among|in the|your list|signers|signatories|petition
add|put|include|count mine to|on|in|with|too|among|down
enter|enrol|enroll|register|count|list|note|record me as|among a|an|one|the? supporter|signer|signatory|backer
""",
    "lone": """
=i want in
=+1 from me
=one from me
=yes from me
=support and sign
=support and sign this|the petition?
=hereby sign
=hereby sign the petition|this?
=gladly sign|signed
=do hereby sign
=sign
=sing
=signed
=signing
=sign me
=sign sign
=sign sign sign
=sign me up
=sign yes
=yes sign
=sign please
=i sign
=sign petition
=sign the|this petition
=to sign
=+1
=plus one
=count me in
=count me in too
=in
=im in
=i'm in
=i am in
=me too
=✍
=signature
=my signature
=aye
=i do
=i will
=i do sign
=consider me in
=you got it
=i'm game
=im game
=i'm on board
=im on board
=i am on board
=on board
=add me
=add my name
=put me down
=my name
=electronically signed
=digitally signed
=signed and sealed
=i second this and sign
=my signature as promised|requested
=here is|heres my signature
""",
    "yes": """
=yes
=yes yes
=yes yes yes
=yess
=yesss
=yep
=yup
=yeah
=yea
=yes indeed
=yes i do|will|would|am
=yes i sure? will|do
=yes of course
=yes absolutely|definitely|certainly|gladly|happily|sure|sir|maam
=yes you can|may
=yes with pleasure
=sure
=sure thing
=sure why not
=why not
=of course
=absolutely
=definitely
=certainly
=gladly
=happily
=with pleasure
=by all means
=you bet
=hell yes
=heck yes
=oh yes
=a yes
=big yes
=my answer is yes
=yes to this|that|it
=yes from me|us
=a yes from me
=totally
=most certainly
=indeed
=without hesitation
=in a heartbeat
=affirmative
=y
=si
=oui
=ja
=👍 yes
=yes 👍
=willingly
=wholeheartedly
=yes wholeheartedly
=for sure
=yes for sure
=a thousand|hundred|million times yes
^the|my answer|vote|reply|response|verdict|word ... ... is ... yes$
^yes to|for this|the|that|your|it|all petition|statement|cause|one|text?
=a clear|definite|firm|big|loud|strong yes
=its|it's a? clear|definite|firm|big|loud|strong yes
""",
    "confirm": """
that|it|this was indeed|really|certainly|definitely me
correct|right|true|yes|indeed i signed
=ok
=okay
=k
=agreed
=i agree
=correct
=right
=true
=thats|that's right|correct|me|true
=that is right|correct|true|me
=that was me
=it's me
=it is me
=this is me
=yes it's me
=it was me
=yes it was me
=yes that was me
=this was me
=was me
=yes it was|is
=confirm
=confirmed
=confirming
=i do confirm
=i confirm
=yes confirmed
=it is|was i
=that is|was i
=👍
=✅
=done
=fine
=as i said
=approved
=i approve
=i did
=yes i did
=indeed i did
i hereby|do|can|gladly|herewith? confirm
confirming my|that|the
please confirm my signature
^yes|yep|yeah that|it|this was me
that|it|this was me
that was really? me
i did sign
i signed it? myself
yes i signed
i stand by
my signature is genuine|valid|real|mine
signature is mine
it is my|mine signature?
i meant it|to|every
i mean it
you understood|read me correctly|right|well
you got it right
it|this|that|signature is|was genuine|real|authentic|valid
it's|its genuine|real|authentic|valid
please? count|record|register|keep|accept|process it|that|this|mine
it|that|this was|is i|me who|that
i was the one who
it|that|this really|indeed|certainly|definitely|actually|truly|certainly was|is me
that's|thats|it's|its|that|this|it is? my own? signature|doing|answer|vote|reply
^i sent|wrote|did|meant it|that|this
""",
    "no": """
=no
=nope
=nah
=no no
=no no no
=no way
=never
=nay
=no sorry
=sorry no
=no not me
=no not interested
=not me
=not interested
=not this time
=not signing
=not signing this|it
=not for me
=not today
=no i don't|wont|dont|won't|cannot|cant
=no i do not
=no i will not
=i'm|im out
=i am out
=pass
=i pass
=hard pass
=i'll|ill pass
=hell no
=absolutely not
=certainly not
=definitely not
=of course not
=no thanks
=no thank you
=thanks but no thanks
=negative
=n
=👎
=❌
=a no
=no from me
=count me out
=rather not
=i'd|id rather not
=i would rather not
=i decline
=decline
=declined
=declining
=regretfully no
=unfortunately no
=unfortunately not
=afraid not
=i'm|im afraid not
=i am afraid not
=🙅
=hard|firm|strong|clear|big|definite no
""",
    "decline": """
isn't|not something|one|thing? for me
is|are not for me
prefer|rather not to? be on|listed|named|included|counted
not|don't|never ... comfortable|keen|happy|inclined|willing|prepared|ready|eager ... signing|sign
stay|keep|remain|stand out of|from this|it|that
stay|keep|remain away from this|it|that
won't|wont|can't|cant|cannot|couldn't|wouldn't|don't|shan't ... put|add|lend|give|attach|set my name|signature
will|can|do|could|would|shall not ... put|add|lend|give|attach my name|signature
not a|an|the ... petition|statement|text|cause|one|thing i can|could|want|wish|will|would to? support|sign|endorse|back
cannot|can't|cant|couldn't in all|good|clear conscience|faith ... sign|put|add|lend|support|give
not in all|good conscience|faith ... sign|put|add|lend|support|give
not to sign|add|put
against signing|it|this$
decided against
have|had to abstain
not something|anything i want|wish|care|like|can|could to? sign
don't think i will|'ll|would|can|should|shall? sign
don't think i'll sign
do not think i will|would|can|should sign
don't|cannot|can't|won't|couldn't support this|the|your|it|that
do|can|will|could not support this|the|your|it|that
give this|it|that one? a miss
count|put|mark me down? as a? no|against|opposed
must say no
have to say no
not|never be? sign
im|i'm|am|not|never|be|we're|were not signing
dont|don't want|wish|intend|plan|care|need|like to? sign
do not want|wish|intend|plan|care|like to sign
dont|don't want|wish to be|have|see|put|add
do not want|wish to be|have|see|put|add
wont|won't|wouldnt|wouldn't|cannot|cant|can't|couldnt|couldn't|shant|shan't|mustn't|mustnt be? sign|signing
wont|won't|cannot|cant|can't be able to sign
wont|won't be adding|putting
can|could|will|shall|may|would|do|must|should not be? sign|signing
not able|willing|ready|prepared|allowed|permitted|going|free|inclined|comfortable|authorized|authorised|eligible|entitled|planning to? sign|signing
not able|willing|ready|prepared|allowed|permitted|going|free|eligible|planning|comfortable ... add|adding|put|putting|lend|lending|give|giving my
unable to sign|add
refuse to sign
decline to sign
i must|will|shall|respectfully|politely|hereby|regretfully|would decline|abstain
i'll|have to|must decline|abstain
i decline
i refuse
i respectfully? abstain
i'll abstain
i will abstain
i shall abstain
i must? oppose
i'm against|opposed
i am against|opposed
i object to the|this petition|group
dont|don't sign me
do not sign me
dont|don't add|put|include|count|list|use me|my
do not add|put|include|count|list|use me|my
not add|put|include|count|list|lend|use me|my
leave me|my name out|off
keep me|my name out|off|away
count me out
i'll pass
i will|shall|must pass
have to pass
going to pass on
pass on this|that|it
i'd rather|prefer not
i would rather|prefer not
rather not sign
prefer not to
not interested
not for me
no interest
^no thanks|thank
^no i
^no not
^no my
^no this|that|we|it|sorry
no from me
it's|that's a ... no
it|that|this is a ... no
my answer|vote|reply is no
sit this one out
sitting this one out
i opt out of this|the petition
not my cup of tea
will never sign
^not interested
^i cannot|cant|can't$
but cannot|can't|cant|won't|wont|shouldn't|mustn't
but i cannot|can't|cant|won't|wont|shouldn't|mustn't$
but i cannot|can't|cant|won't|wont|shouldn't|mustn't do|at|because|right|in|as|support|for|this|now
but i|im|i'm am? not able|allowed|permitted|eligible|a|in|entitled|interested
not going to$
no signature from me
you will|won't|wont not? get|have my signature
not give|lend you? my|name
unfortunately|sadly|regrettably i cannot|can't|cant|can
i have no intention
no intention of signing
no way am i|i|im|i'm ... sign|signing
no way i am|i'm ... sign|signing
count my vote as no
cannot|can't|cant|couldn't|won't|can|could not? bring|get|persuade myself to
signature you won't|wont|will|shall not|never? get|have|receive
go|goes|going|do|proceed|happen|manage|cope|succeed ... without me|my
sooner|rather ... than sign|add
see|have|find|know|feel no reason|need|point|cause|ground|grounds|desire|wish|urge|inclination to|in|for sign|signing|add|adding
im|i'm|am declining|abstaining|refusing|passing
choose|prefer|decided|decide|opt|elect|chose|opted not to
not|won't|wont|never ... be|become a|an|one signatory|signer|signee|of
not going to be a? signatory|signer|part
don't|won't|cannot|can't want|wish|care to? take part|participate
^no to this|the|that|your
keep|stay my? name? away from
see|have|find|know|feel no reason|need|point|cause|ground|grounds|desire|wish|urge|inclination to|in|for? sign|signing|add|adding
sit|sitting out
don't|dont|do|not|never wish|want ... my name|signature
not in a|any position to
can't|cannot|cant|couldn't|won't do it|that|this|so
out of the question
^so|therefore|hence|thus no$
don't|dont|do not want it
forbids|prohibits|forbid|prohibit it|me|us|this|that
remember|recall ... don't|not want it
no signature|name|vote from|of
not|doesn't|doesnt|don't|won't allow|permit|let me|us|staff|employees to sign
stay|remain|keep neutral
=hard|firm|strong|clear no
say|saying no to|this
get|have|see a|my signature|name from
won't|wont|not|never get|have a|any|my signature|name
""",
    "withdraw": """
cancel|withdraw|remove|delete|revoke|retract|annul|void|drop|strike|undo|discard|disregard the signature|vote|yes|name ... sent|gave|submitted|mailed|made|put|left|entered
the|a signature i|we sent|gave|submitted|mailed|made ... cancelled|canceled|removed|deleted|withdrawn|void
^please? withdraw it|that|this|mine
please withdraw
signed by mistake|accident|error
signed accidentally|inadvertently
withdraw my|the signature|name|support|yes|sign|consent|endorsement
withdraw me
withdraw from the|this petition
i withdraw
^withdraw
withdrawn
withdrawing my
i'd like|want|wish|need|have to withdraw
i would like|want|wish|need|have to withdraw
want|wish|need|like to withdraw
remove|delete|strike|strip|drop|cancel|revoke|retract|rescind|erase|scratch|undo|nullify|void|annul|uncount my ... name|signature|endorsement|yes
remove|delete|strike|strike|drop|take me off|from|as|out ... signer|signers|signatories|signatory|signature|signatures|petition|petitioners
take my ... name|signature off|back|out|down|away
take back my name|signature
take back my yes|sign
my name|signature ... removed|withdrawn|deleted|taken|struck|cancelled|canceled|revoked|retracted|rescinded|off
name|signature taken off
pull my name|signature
cross|strike my name out|off|from?
unsign
un sign
no longer wish|want to sign|be|support
no longer want|wish my name
i ... retract|revoke|rescind my
i take it back
i take my signature|name back
remove me from the|your? petition|signers|signatories|list of sign*
changed my mind and|so|please|remove|withdraw
dont|don't count my signature|name anymore|any
do not count my signature|name anymore|any
please uncount me
please disregard|ignore my ... signature|sign|yes|reply|previous
disregard|ignore|cancel my earlier|previous|last ... signature|yes|reply|sign|mail|email|message|answer
take me off the|that? petition|signers|signatories
take me off the list of sign*
scratch that
scratch my name
i? regret signing|having|my|that ... signed|signature
undo|reverse it|that
sorry i|to signed|have signed
wish i had not|never|n't? signed
wish i hadn't|hadnt signed
want|need|like|have ... signature|name back
^please? cancel|revoke|annul|void|rescind it|that|this|mine
earlier|previous|first|last yes|signature|reply|answer was premature|hasty|rash|wrong|mistaken|error|mistake|a|an
don't|dont|do not want|wish|like to be|my|me ... any more|anymore|longer
no longer on|part of the|your petition|list
don't|dont want|wish|like to be ... any more|anymore|longer
do not want|wish|like to be ... any more|anymore|longer
unlist|delist|unsign|uncount me
changed|change my mind ... signing|signature|petition
""",
    "unsubscribe": """
unsubscribe me ... this|these|list|all
no more of|like these|this|those|such$
no more of|like these|this|those|such please|thanks|thank
never|not|don't|didn't ask|asked|subscribe|subscribed|sign|signed|consent|consented for|to|up to|for? these|this|your|such|any? emails|email|mails|e|messages|mailings|newsletters
take|remove|delete|erase|drop|purge my address|email|mail|name|data ... out of|from your|the|this system|database|records|files|list|lists
take|remove|delete|drop|strike ... name|address|me off|from your|the|this mailing|e|email|distribution|newsletter|contact|contacts list|mail|lists?
stop these|this|the|those|all|your|such e mails|mail|messages
stop ... e mails
stop receiving|getting these|this|your|any|all|the|such
stop receiving|getting emails|mails|messages
remove|delete|drop|take this|my|our address|email|e ... from|off
never asked|signed|subscribed for|to|up these|this|your|for? mails|emails|list|messages
^unsubscribe
like|want|wish|need to unsubscribe
=unsubscribe
=unsubscribe me
=remove
=remove me
=opt out
=optout
=opt me out
=stop
=stop it
=stop all
=stop mail|emails|emailing
=stopp
=end
=quit
=cancel
unsubscribe me|please
please unsubscribe
take|remove|drop|delete|strike me off|from ... list|lists|mailing|mailings|database|updates|distribution|emails|mails|newsletter|newsletters
take|remove|drop|delete|get me off|from these|those|this|your|the|future|all|any|such
take|remove|delete my name|address|email|e from|off ... mailing|list|lists|database|distribution
remove|delete my email|address
take|remove|get me off
remove me please|now|immediately|asap|at
please remove me$
stop sending
stop emailing|mailing|spamming|contacting|writing|bothering|messaging|pestering me|us?
stop these|the|all|this|your emails|mails|messages|mail|spam|email|mailings|updates|newsletters|newsletter|announcements|notices|notifications|reminders
no more emails|mails|messages|mail|mailings|petitions|email|e|updates|newsletters|announcements|notices|notifications|reminders
no longer want|wish|like|care to receive|get|hear
don't want|wish|need|like|care to receive|get|hear any|more|further|these|this|your|from|emails|mails|messages|such|it|them|anything|all|future
do not want|wish|need|like|care to receive|get|hear any|more|further|these|this|your|from|emails|mails|messages|such|it|them|anything|all|future
dont|don't want any|these|more|your|such ... emails|mails|messages|mail|mailings
do not want any|these|more|your|such ... emails|mails|messages|mail|mailings
dont|don't send|email|mail|contact|write me|any|us|to|again|anymore
do not send|email|mail|contact|write me|any|us|to|again|anymore
not to receive
opt out of
opt me out
i opt out
i'd like to opt out
i would like to opt out
wish|want to opt out
quit sending|emailing
leave me alone
lose my address
never email|write|contact me
never send|write me
cease and desist
cease sending
off your|this|the mailing list
off this list
no longer wish|want|like|care|need to be kept|informed|contacted|notified|emailed|mailed|updated|on
cease|stop|end|halt|discontinue all|any|further|future|this|these|your ... correspondence|mailings|mailing|communication|communications|contact|messages|mails|emails
no more of these|this|your|those|such mails|emails|mail|messages|e|please
take|remove|delete|drop|erase|strike my|our email|e|address|mail ... out|off
""",
    "notme": """
=not me
=that was not me
=that wasn't|wasnt me
=this|it wasn't|wasnt me
=wasn't|wasnt me
=it was not me
=no it was not me
=i did not
=i didn't|didnt
not me
wasn't|wasnt me
was not me
isn't|isnt me
is not me
wasn't|wasnt by me
was not by me
i never signed
i did not sign
i didn't|didnt sign
i have not signed
i haven't|havent signed
i never sent|wrote|replied|confirmed|did
i did not send|write|reply|confirm|do
i didn't|didnt send|write|reply|confirm|do
did not come from me
didn't|didnt come from me
somebody|someone|somebody's|else ... signed|used|using|sent|wrote|replied|answered in|my|for|as
someone|somebody signed|replied|answered
signed without my
without my knowledge|consent|permission
not sent by me
not my doing|signature
forged|forgery|impersonat*
=not mine
is|are not mine
""",
    "negation": """
not
no
never
dont
don't
cant
can't
cannot
wont
won't
wouldnt
couldnt
shouldnt
didnt
isnt
arent
havent
hasnt
neither
nor
without
nobody
none
refuse
decline
unable
hardly
instead
stop
""",
    "decoy": """
sign|add|lend|support|back|endorse anything|everything but|except
signature block|line|lines|file|card|style|page|image
take|took my signature|name for granted
sign a lot|few|dozen|hundred|number of|petitions?
sign lots|many|few|most|every|any petitions|petition|things|of?
sign off|out
asked|told|urged|invited|pressed|forced|begged to add|sign|put ... my? name?
takes|took|needs courage|guts|nerve|time|much to add|sign|put ... my? name?
sign it|this? on paper
sign it|this? in person|ink
sign it|this? by hand|post
not against|opposed
reason|foolish|crazy|silly|stupid|hard|mad|odd|wrong|shame not to sign|add
what|something|anything i sign
sign and return|send|date|mail
sign|signed|signing ... contract|contracts|lease|agreement|agreements|form|forms|documents|document|paperwork|papers|cheque|check|checks|receipt|waiver|invoice|invoices|order|orders|permission|report card|timesheet|timesheets
no problem|problems|worries|prob|objection|objections|doubt|doubts|question|hesitation|need|one|idea|matter|brainer|reservations|issue|issues|trouble|strings|biggie|sweat|reason|regrets|wonder|difference
no questions asked
^no i sign|do|will|am|ll
^no objection*
no way would|could|will i|we miss|pass|refuse
not only do|did|am? i?
not just do? i?
nobody|nothing|none|anything|all|everything|noone|anyone but
why not
not least
nothing against
not a problem|doubt
not at all
no second thoughts
never been|more|so
cant|can't|cannot wait
couldnt|couldn't|could not|cant|can't|cannot agree more
couldn't|couldnt|could not be happier|prouder|more
dont|don't usually|normally|often|generally|typically|ordinarily|always sign
do not usually|normally|often|generally|typically|ordinarily|always sign
i never|rarely|seldom sign ... but
never|rarely|seldom|hardly usually|ever|normally? sign ... petitions|things|these
i don't|dont have to think
dont|don't hesitate|forget|worry|miss|mind|know
do not hesitate|forget|worry|miss|mind
wouldn't|wouldnt miss|hesitate
would not miss|hesitate
i wouldn't|wouldnt have it
dont|don't stop
stop by
even if
as if by
let me know if
i sign off
i'm signing off
i am signing off
sign off on
sign in
sign on to|bonus
sign up sheet|page|form|process
sign|signed|signing language|asl|bsl
i sign asl|bsl|documents|contracts|letters|checks|cheques|papers|books|emails|everything|nothing|things|in|out|up|off
sign for a|the? packages|parcels|package|parcel|deliveries|delivery|mail|goods|everyone|people
sign the e|email|mail|letter|contract|contracts|book|guestbook|checks|documents|bill
sign e|documents|contracts|letters|checks|cheques|papers|books|autographs
a sign|sign of
good|bad|hopeful|clear|encouraging|welcome|sure|great sign
dollar|stop|road|street|warning|plus|minus|peace sign
no sign of
sign of the|hope|life|times
the word sign
replying|reply|replied|respond|responding|writing|answer|answering|typing|type with|by? sign
replying|reply with the word
sign me up for|as a|an|another|your|the? newsletter|updates|mailing|committee|volunteer|tester|beta|trial|webinar|announcements|news|course|class
sign me up as
add me to the|your newsletter|mailing|committee|chat|group
count me in favor|favour
in case
no thanks to
not to mention
to say the least
no harm
it's not that|as
its not that|as
stop to
withdraw what|everything
withdraw from the|your membership|association
stop the in|meeting|project|group
stop it from
nonstop
add|put|sign|write my name to|on|under|in|onto every|each|all|any|most|everything
sign up to read|see|hear|receive|learn|get|test|help|speak|attend|volunteer|watch|follow|be
put|keep my name on hold|ice
drag my name
clear my name
forget|remember|misspell|misspelled|spell|spelled my name
""",
    "condition": """
were i|it|they|we|you not
were i|it|they|we|you to
but for the|that|one
if
unless
provided
providing
as long as
so long as
assuming
on condition
on the condition
under the condition
subject to
depending
depends
contingent
only when
only after
once
until
as soon as
until then
when you|they|he|she|it
after you|they|i|my|the
before i
before signing
in case you
whether
should you
should they
had it
would you first
with the proviso
pending
when
condition|conditions|proviso|caveat
the moment|minute|second|day|week|instant the|my|our|it|you|they|that|your|all
suppose|supposing i|we|it|that
on|upon|after my return
sign only|solely|exclusively
only what|those|things|if|when|with
""",
    "would": """
was|were about|going|ready|planning to sign
nearly|almost signed
would|might|could|may|i'd|id probably|maybe|perhaps|still? sign
would have signed
would|i'd|id consider signing
would|i'd|id be more|willing|ready|prepared ... sign
was|were|wasn't going|about|tempted|close|ready|planning to
used to sign|add
could sign
""",
    "closing": """
=signed
""",
    "hedge": """
need|needs|require|requires|requiring|pending|subject|await|awaiting ... permission|approval|consent|clearance|blessing|okay|ok
depends|depend|depending|hinges|hinge|conditional|contingent on|upon
answer|explain|show|tell|publish|send ... first$
when i'm|im back|home|there|in|at|finished|done|free|less|out
when i am back|home|there|in|at|finished|done|free|less|out
when i get|return|have|can|find|come|finish
once i|i've|i'm|ive|we|the|my
as soon as i|i've|we|the|my|possible
will|i'll|ill sign ... monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|tonight|weekend|later|next|soon|afterwards|then|eventually|sometime
sign ... on|by|next|over|after|this monday|tuesday|wednesday|thursday|friday|saturday|sunday|week|weekend|month|evening
tomorrow|tonight i will|i'll|shall
all day|the time
every day|week|month
daily|constantly|regularly
for a living
he|she|they|everyone|somebody|people|wife|husband|boss|jim|friend|colleague|mother says|said|thinks|thought|claims|claimed|told|insists|asks|asked|wants
says|claims|thinks|insists i|that|me
i intend|plan|hope|aim|mean to
maybe
perhaps
possibly
probably
might
may sign
could|should sign
would consider
consider signing|it
considering
thinking about|of
think about
think it over
i think i|i'll|ill|so
thinking i
not sure
unsure
undecided
not decided|certain|convinced|yet
haven't decided|read|had|made
have not decided|read|had|made
on the fence
tempted
leaning
inclined
will sign tomorrow|later|soon|tonight|next|when|after|once|if|on|monday|tuesday|wednesday|thursday|friday|saturday|sunday
ll sign tomorrow|later|soon|tonight|next|when|after|once|if|on|monday|tuesday|wednesday|thursday|friday|saturday|sunday
sign tomorrow|later|soon|tonight|next|eventually|someday
sign it|this|the petition? tomorrow|later|soon|next|tonight
sign on monday|tuesday|wednesday|thursday|friday|saturday|sunday
get back to you
let you know
let me think|read|check|ask|see|consult|sleep|talk|discuss
need|want|have|ought|must to read|think|check|ask|consult|discuss|talk|see|know|understand
sleep on it
at some point
eventually
someday
in principle
in theory
theoretically
almost
nearly
supposedly
hopefully
i guess
i suppose
if anything
wish i could
would if i could
more time
remind me
want to sign but
i thought
want us to sign
supposed to sign
asked to sign
will|ll|i'll|ill|shall sign|add|do|join ... after|once|when|later|tomorrow|tonight
run it|this by|past
check with my|our|the|him|her
talk to|with my|our
after lunch|dinner|work|class|vacation|holidays
keep me posted|informed|updated|in
one of these days
some day|time
in due course|time
sign|support|back ... first|second|third|last|one|only half|part|paragraph|section|sentence|item
the first|second|last|other half|part|paragraph|section only
in another life|world
sign a|an|another|any shorter|different|better|clearer|other|milder|revised|amended|new|longer|simpler|stronger|weaker
sign something|anything
""",
    "past": """
was|were|been proud|happy|glad|pleased|honored|honoured|delighted to
i already|ve|have|had|did already|just|previously? signed|done|sent|replied|answered|responded
already signed|done|did|sent|replied|answered|added|confirmed|responded
i signed
i've already? signed|done|sent|replied|confirmed|answered
i have signed
i had signed
i did sign
signed last|yesterday|already|before|earlier|on|in|weeks|months|days|two|a
signed it|this|the petition? last|yesterday|already|before|earlier|on|online|weeks|months|days
i thought i had|signed
my signature should|is already
i was the first
""",
    "behalf": """
on behalf of
in the name of
as director|president|chair|head of
as an institution|organization|organisation
as a library|institution|company
for my employer
""",
    "third": """
somebody|someone|they|he|she|organizers|organisers|people|others|who|anyone|nobody|staff|clerk|secretary added|put|puts|include|included|includes|used|uses|listed|lists|counted|counts|signed|entered|wrote|forged|copied ... my|me|name
they|somebody|someone|people|you|who|whoever put|puts|add|adds|use|uses|would|will|could ... my|their name|signature|it
some|many|several|most|all|half|one of them|us|my|our|the ... sign|signing
on my behalf
my|our|his|her|their|a|the colleague|colleagues|husband|wife|friend|boss|director|library|institution|employer|organization|organisation|department|board|staff|team|company|school|university|son|daughter|partner|assistant|coworker|co|supervisor|manager|brother|sister|mother|father|spouse|neighbor|neighbour ... sign|signs|signing|signed|name|sign*|wants|would|agrees
we sign
we'll sign
we will|shall|are sign|signing
we're signing
we would like to sign
as an institution|organization|organisation
as director|president|chair|head of
as a library|institution|company
our library|institution|board|staff|organization|organisation
she|he|they wants|want|would|will|signs|agrees
signing for
sign for my|our|her|him|them|the
signed for
for my employer
you should|must|could|might|can|may|ought sign
you sign
who would|will|might sign
everyone|everybody|people|members|others should|must|will|would sign
""",
    "irony": """
anything|everything but
anything except
pigs fly
hell freezes
=not
yeah right
as if
oh sure
sure sure
yeah sure
when hell freezes
when pigs fly
over my dead body
in your dreams
dream on
good luck with that
just kidding
jk
kidding
lol no
haha no
ha ha
ha
haha
as though
fat chance
because that|we need
just what we need
what could|possibly go wrong
sarcasm
wink
with bells on
oh wait
just joking
said no one|nobody
says no one|nobody
not in this life|lifetime
pigs learn|fly|can|could|grow
what a joke|farce|circus
while you're|youre|were|we're at it
to the moon|mars
no wait
^wait
hold on
hang on
scratch that
""",
    "but": """
^but
but
^however
however
^except
except
^yet
^only
^alas
unfortunately
sadly
on second thought
""",
    "question": """
how|where|when can|do|should|could|would i
can|may|should|could|must|shall i
am i
do i
was i
did i
have i
^can|could|may|should|shall|must|do|does|did|is|are|was|were|will|would|have|has|when|where|who|whom|whose|what|which|why|how i|we|you|it|the|this|that|they|there|he|she|my|our|members|anyone|anybody|someone|somebody|people|is|are|do|does|did|many|much|long|can|will|would|should|about|come
^how many|much|long
^what|which|why|how|where|when happens|happened|kind|sort|time|day|date|reason|else|if|exactly|part|libraries|members|people
""",
    "support": """
i fully|strongly|totally|completely|wholeheartedly|really|do|absolutely|definitely|certainly|100? support
support this|it|the|you|your
supportive
i'm|all|totally in favor|favour
i am|all|totally in favor|favour
in favor|favour
all for
great|good|excellent|wonderful|brilliant|fantastic|terrific|nice|lovely|super|awesome|amazing|splendid|marvelous|fine idea|initiative|cause|project|work|job|thing|petition|proposal|plan|effort|news
well done
good luck
bravo
kudos
about time
long overdue
i agree
agree with
i like
i love
love it|this
i endorse
i applaud
sounds good|great
keep it up
keep up
best of luck
with you
behind you
worthy
thumbs up
👍
👏
❤
hear hear
i back
i approve
""",
    "polite": """
member|membership no|number|nr|since|id
member
=sealed
=delivered
=sealed and delivered
please
pls
plz
kindly
thanks
thank
thx
cheers
hi
hello
hey
dear
greetings
good morning
good afternoon
good evening
many thanks
regards
best
sincerely
yours
kind
warm
warmly
cordially
respectfully
faithfully
truly
best wishes
all the best
you
so much
very much
a lot
in advance
again
for asking
everyone
all
team
folks
sir
madam
xo
have a good|nice|great|lovely day|week|weekend|one
sent from my
to whom it may concern
to the
from the|my heart
wholeheartedly
""",
    "object": """
number
petition
petitions
list
signer*
signator*
signature*
it
this
that
these
one
roll
supporters
names
group
round table
cause
proposal
sheet
document
text
statement
letter
appeal
initiative
motion
paper
manifesto
them
you
request
supporter*
petitioner*
undersigned
friends
members
hundred
hundreds
thousand*
those
rest
others
everyone
first
there
""",
    "for": """
for
as
to
in favor
on
among
amongst
""",
    "asking": """
please tell me|us|what|how|whether|where
please explain|clarify|advise
can|could you please? tell|explain|send|clarify|say|point
i wonder whether|if|how|what|when|why
wondering whether|if|how|what|when|why
i'd like to know|understand|ask
i would like to know|understand|ask
i want|need to know
please let me know how|what|when|where|whether|who|why
do you know
please send|email|mail|forward|show|give me|us|it|the|a|an|more|details|information|another
i'd|would|i'm|im|am be? interested|curious in|to hearing|hear|know|knowing|learn|learning|see|seeing|read|reading
curious|interested how|what|who|whether|why|when|where|about|to|in
please confirm|check|verify|say|indicate|advise|specify whether|if|when|where|how|what|who|which
can|could|would|will|cld|wld u|ya|you|yall please|pls? send|tell|explain|give|resend|forward|clarify|show|mail
love|like|want|need|wish to know how|what|who|when|why|where|whether|if|more
""",
    "not negation": """
no longer|more|less|later|sooner
""",
    "not withdraw": """
my|our name|address|email off|from your|the|this|any? mailing|e|email|distribution|newsletter|contact|contacts list|mail|lists?
name|me|my|us|address|email off|from your|the|this|any mailing|e|email|distribution|newsletter|contact list|mail|lists?
leave|keep my name off|out
""",
    "lead": """
well
so
oh
ok
okay
and
but
um
hm
hmm
then
my answer is
its a
that would be a
id say
i say
i think
hey
ah
listen
""",
    "self": """
=i
=i the undersigned
=the undersigned
""",
    "not hedge": """
no need to? remind|explain|ask|wait|say|convince|persuade|think
consider it|this|me signed|done
as? i said
i mean to say
""",
    "concede": """
even though|if|when|without
although
though
despite
without
as a student|guest|non|retiree|former
""",
    "not condition": """
if you need|want|like|wish|have|require|prefer|must|will|please|could|can|would|ever
if that|it|this helps|matters|suits
if possible|needed|necessary|required|any|anything|useful|helpful
if it is|it's|its not|isn't|isnt? too late
if its|it's|it is still possible|open|time
if i'm not too late
if i am not too late
if not too late
if there is|are|s anything|any|something|more
if anyone|anybody asks
when i|we saw|read|heard|got|received|opened|was|were|came|found|learned|learnt|first|noticed|started|joined
since when
when asked
until the end|very|day|last|now|recently|today|this|death|late|past
without|no any? condition|conditions|reservation|proviso
before i forget|do|lose|leave|retire|change
before it is|gets too|late
""",
    "offer": """
^if you|anyone|somebody|someone|they
""",
    "relation": """
my|our husband|wife|spouse|partner|colleague|colleagues|coworker|coworkers|co|friend|friends|boss|director|sister|brother|mother|father|mom|dad|son|daughter|staff|team|neighbor|neighbour|assistant|supervisor|manager|husband's|colleague's
the name|names of my|our
""",
    "receipt": """
received|got|seen|found your|the|this|it email|mail|message|e|letter|note|invitation|both|all?
i received|got it|this|them|your
it|they|mail|message arrived|came|reached
letting me|us know
thanks|thank you? for the? info|information|update|telling|informing|heads|notice|note
""",
    "demand": """
^change|drop|fix|correct|rewrite|reword|rephrase|shorten|delete|revise|amend|improve|clarify|edit|simplify|translate|cut|strike|omit|show|explain|prove|promise|convince|persuade|publish|guarantee|raise|lower|move|replace|swap|answer|reduce the|that|this|your|me|it|us|a|item|items|point|paragraph|section|clause|all|these|those|what|how|why
^take out|away the|that|this|item|point|paragraph
^remove|add|include|insert|leave|make|get|find|send the|that|this|a|an|another|some|item|point|paragraph|section|it|more|sure|me
^give me|us
""",
    "not decline": """
asks|asked|tells|told|advises|advised|urges|urged|wants ... not to sign
""",
}
