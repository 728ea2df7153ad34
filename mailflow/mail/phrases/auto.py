"""What machines write: absence notes, tickets, challenges, receipts, in many languages. The notation is that of the other tables.

Categories: auto (says that it is automatic), absence, until, contact, promise, ticket, challenge, receipt, hold, reaction, closed
(nobody reads here any more), person (a person speaks of having been away).
"""

AUTO: dict[str, dict[str, str]] = {
    "en": {
        "auto": """
this is an? auto|automatic|automated|automatically
automatic|automated reply|response|message|notice|note|notification|email|mail|answer|acknowledgement|acknowledgment|auto
auto reply|response|responder|generated
automatically generated|sent|created|replied
this message|email|mail|response|reply|note|answer was|is|has been? sent|generated|created automatically
this message|email|mail|response|reply|note|answer was|is automatically|automatic|automated
answer|reply|message|note|response is automatic|automated
please do not reply to this
do not reply to this message|email|mail
do not respond to this message|email|mail
this mailbox|address|inbox|account is not monitored|read|attended
sent by|from an auto|automatic|automated responder|robot|system|autoresponder
autoresponder
vacation responder|message|reply
""",
        "absence": """
i am|im|will be|be currently|presently|now|still? out of the? office|library|country|town|building
i am|im currently|presently|now|still? on ... leave|vacation|holiday|holidays|sabbatical|break|furlough|pto|travel
i am|im currently|presently|now|still? away|traveling|travelling|abroad|absent|unavailable|offline
i am|im currently|presently|now|still? not in the? office|library|work|available|reading|checking|at
i will|ill be ... out of|away|absent|unavailable|traveling|travelling|offline|on ... office|leave|vacation|holiday|from|until|through|this
i am|im at|attending a? conference|workshop|training|meeting|event
out of the? office
i am|im out ... until|through|from
not be reading|checking my? e|email|mail|this
not reading|checking this|my account|mail|email|e|messages
have|with limited|no|intermittent|little|sporadic access to e|email|mail|my|internet
annual|parental|maternity|paternity|medical|sick|research|study|family leave
have left the company|organization|organisation|library|university|institution|association
has left the
no longer with|work|works|working|employed with|for|at
left ... library|company|university|organization|organisation|institution on
is|are|am currently away
i am|im enjoying|taking some|a|my|time vacation|break|off|holiday
we are closed
office|library|department|museum|school|university|campus is|are|will be closed
closed for|until|from|through the? holidays|holiday|summer|season|renovation|christmas|inventory
retired from|on
""",
        "closed": """
no longer monitored|in use|active|read|checked|valid|used|exists
not|never monitored|read by
has been discontinued|retired|closed|deactivated
this address|mailbox|account is being|no retired|longer
please update your address|records|contacts
my|our new email|e|address is
""",
        "until": """
until
till
through
returning
returns
i will|ill|shall return|be back
back on|in|at|from
am back
be back
return to|on the|my|monday|tuesday|wednesday|thursday|friday
from ... to
all week
this week
for a while
when i get|return|am|come back
upon|on|after my return
""",
        "contact": """
please|kindly contact|email|call|write|try|reach|direct|speak|see|turn|use
for urgent|immediate|emergency|emergencies|urgent
if it is|its urgent|an|important
if your|this|the matter|message|request|inquiry|enquiry ... urgent|immediate|cannot
in urgent|an|case cases|emergency|of
for anything|questions|matters|requests
if you need|require|have immediate|assistance|urgent|help|anything|a|an
needs a|immediate|urgent
contact my|our|the colleague|assistant|office|department
is covering|acting for|chair
my|your colleague|assistant ... will|can
""",
        "promise": """
i will|ill|shall respond|reply|answer|get|read|return|deal|attend|look
will be read|answered|forwarded|dealt|deleted
respond|reply|answer to? your|all|every|everything|as when|as|upon|after|soon|message|mail|email|messages
will respond|reply|answer
as soon as possible
has not been|be forwarded|read
have not been forwarded
may be delayed
""",
        "ticket": """
type your reply above this line
reply above this line
your request|ticket|inquiry|enquiry|case|message|email|query|submission|report ... has been|was received|assigned|created|logged|opened|registered|updated|resolved
ticket number|id|has|regarding|created|no
case|reference|request|incident|ticket number|no|id|ref is|was|for|has
support request|ticket|team has|will|received|been
we have|ve received your message|email|request|inquiry|enquiry|ticket|mail|query|e
we received your message|email|request|inquiry|mail|e
thank|thanks you? for contacting|reaching|writing|submitting|your
has been received and
your message has|was been? received|arrived
one of our|the agents|staff|representatives|team|librarians
a member of our|the team|staff
within ... business|working days|hours
we will|ll get|respond|reply|be|answer back|to|in
confirmation of|that receipt|your|we
creation of a ticket
summary of which appears
""",
        "challenge": """
to let it|your|this through
prove|verify|confirm that? you|your are|message|email|address a|human|is
spam filter|blocker|protection
guest list
approved|allowed|safe|white|whitelist senders|list
added to the|my whitelist|list
your message is|has been? waiting|quarantined|held|pending|on
click|follow|visit ... link|below ... deliver|delivered|confirm|verify|release
reply to this message|email ... deliver|delivered|through|confirm|released
do this only once
uses ... to|spam block|stop|eliminate|reduce|control|keep spam|junk
keeps out junk
""",
        "receipt": """
your message ... was read|displayed|deleted|opened
was read on
was deleted without being read
was|were displayed|opened on
this is a return|read|delivery receipt
return|read receipt
confirmation that|of your|reading message|mail|was
""",
        "hold": """
is being held until the
held for|until moderation|approval|review|the
awaits|awaiting moderator|approval
post by non member
the reason it is being held
your posting|post|message to the|has ... not|been ... moderator|moderated|rejected|held
moderator approval
""",
        "reaction": """
reacted to your message|email|mail
reacted via
liked your message
""",
        "person": """
sorry for the? late|delay|delayed|slow|my|being
apologies for|my
was|were|been away|out|on|traveling|travelling
just|only|am|now back|returned|got
got back
i sign
add|put|include my name
count me in
i support
i vote
i agree
in reply|response|answer to
i read your|the
here are my|some
""",
    },
}
