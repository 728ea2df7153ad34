"""What people write, by language: one module a language, readable and extendable without reading code.

The notation is told in mailflow/mail/intent_match.py. WORDS: the commonest words, by which a language is recognised.
Slips of the fingers are put right by spelling.py before a table is asked; please.py is about pauses.
PHRASES, by category:
  sign       says that the writer signs, now, for themselves        willing   would gladly sign, if no 'but' follows
  request    asks to put the writer's name on the list, also as a polite question
  lone       the whole answer is the act: SIGN                      yes, no   a plain answer to what was asked
  confirm    counts as the act where a confirmation was asked       decline   explicitly does not sign
  withdraw   takes a signature back     unsubscribe   wants no more mail      notme   somebody else acted in my name
  negation   turns a neighbouring act around                        decoy     holds such words and means something else
  condition  if, provided that          hedge    perhaps, later, thinking about it     past   speaks of an earlier act
  self       the writer alone, before the act: 'I, the undersigned, …'
  lead       words before a plain answer  asking   asks, wherever it stands
  concede    although, even if: a request with it is a question
  offer      'if you need a tester': what is asked for after it is something else
  would      would sign, if           closing  a formula above one's name that looks like an act
  third      for somebody else, or an employer                      irony     not meant
  but        turns what was said before                             question  asks, with or without a question mark
  elsewhere  where else one's name can be put, or how, so that it is no signature
  inquiry    opens a question that asks for no favour
  support    approves, without signing                              polite    greetings, thanks and closings
  relation   kin and colleagues: a request that names them is not for the writer
  demand     'change the title': what is asked of us before the act is a condition
  receipt    'I got your mail': a yes beside it answers whether it came
  object     what one can sign here     for       leads to what one wants to be counted in for
"""
