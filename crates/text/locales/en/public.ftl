# The pages that anybody may open.

## Home

public-home-tab = Home
public-home-heading = You should be safe here
public-home-lede = { $organisation } wants everyone who takes part to feel safe, welcome and heard. Here you can say that something is wrong, ask a question, or find help.
public-home-danger = Is someone in danger now? Call 999.
public-home-danger-more = If you cannot speak, or use text relay or sign language, there are other ways.
public-home-ask = Report or ask
public-home-ask-hint = Tell us about something, or ask when you are not sure. You can do it without giving your name.
public-home-help = Get help now
public-home-help-hint = People who listen and help, by phone, text, sign language and online.
public-home-return = Come back with your words
public-home-return-hint = Carry on with what you began, or read our answer.
public-home-what = What safeguarding means
public-home-what-text =
    Safeguarding is how we look after each other. It means that we try to stop harm before it comes, that we act when something is wrong, and that we learn from it.

    Harm can be one big thing. It can also be many small things that build up: being talked over, being left out, racism that nobody names. Both matter here.

    It is for every adult who takes part: people with lived experience, staff, visitors and partners. You do not have to prove anything, and you do not have to fit a label.
public-home-parts = What we do, in four parts
public-home-prepare = Prepare
    .text = Before we start, we ask each person what they need to feel safe, and we agree together how to work.
public-home-respond = Respond
    .text = When something happens, we listen, we act, and we tell you what we did.
public-home-signpost = Point to the right help
    .text = If it has nothing to do with our work, we still listen, and we help you find the right people.
public-home-reflect = Reflect
    .text = We stop to look at how things went, and we change what needs to change.
public-home-statement = Read our whole statement

## Our statement

public-statement-tab = Our statement
public-statement-version = Version { $version }, { $date }
public-statement-old = This is an older version. Version { $version } is the one that holds now.
public-statement-old-link = Read the version that holds now
public-statement-history = Versions of this statement
public-statement-now = holds now
public-statement-row = Version { $version }, { $date }
public-statement-changed = Paragraphs that changed: { $list }
public-statement-added = { $number } (new)
public-statement-removed = { $number } (taken out)
public-statement-links = More from us
public-statement-values = Our core values
public-statement-commitments = Our community commitments
public-statement-tips = Our safety tips
public-statement-anti-racism = What we mean by anti-racism
public-statement-checked = We last looked at this link on { $date }.
public-statement-policy = The policy of { $name }
public-statement-children = Our policy for children and young people

## Get help now

public-help-tab = Contacts
public-help-heading = Get help now
public-help-danger = If someone is in danger now
public-help-call = Call 999
public-help-call-text = For police, ambulance, fire or coastguard. It is free. 112 reaches the same people.
public-help-silent = You cannot speak
public-help-silent-text = Call 999 from a mobile phone. Listen, and press 55 when you are asked to. Coughing or tapping helps too. On a landline, stay on the line.
public-help-relay = You use text relay
public-help-relay-text = Dial 18000 in the Relay UK app or on a textphone.
public-help-sms = You use text messages
public-help-sms-text = You need to register first: text the word register to 999 and follow the answer. It takes two minutes. After that you can text 999.
public-help-bsl = You use British Sign Language
public-help-bsl-text = A video call with an interpreter, free, day and night:
public-help-reduce = If you can make things safer without putting anyone at more risk, please do. If not, keep away and wait for help.
public-help-after = When that is done, you can tell us
public-help-list = Other people who can help
public-help-list-text = You can call any of them, whether or not you tell us. Nobody here will know.
public-help-bills = Free numbers mostly do not show on a phone bill. Your phone keeps a list of calls: you can delete the call from it.
public-help-never-all = We have not checked numbers that are marked “not yet checked”. If one does not work, please try another, or ask us.
public-help-none-checked = We have not checked these numbers yet. If one does not work, please try another, or ask us.
public-help-shorter = Make the list shorter
public-help-need = What is it about?
public-help-area = Where?
public-help-group = Who is it for?
public-help-channel = How would you like to reach them?
public-help-language = In which language?
public-help-open = Day and night only
public-help-any = All
public-help-show = Show
public-help-clear = Show all again
public-help-found = { $count ->
    [0] Nobody on our list fits all of that. Please ask for less, or ask us.
    [one] One contact fits.
   *[other] { $count } contacts fit.
}
public-help-free = Free.
public-help-usual-rate = Costs what other calls cost.
public-help-may-show = It may show on a phone bill.
public-help-never = Not yet checked
public-help-overdue = Last checked { $date }: please check the number
public-help-checked = Checked { $date }
public-help-phone = Phone { $value }
public-help-text = Text { $value }
public-help-way-relay = Text relay { $value }
public-help-way-bsl = Sign language: { $value }

contact-need-danger = In danger now
contact-need-talk = Someone to talk to
contact-need-suicide = Thoughts of suicide or self-harm
contact-need-health = Health, body and mind
contact-need-crime = Crime
contact-need-domestic = Harm by a partner or relative
contact-need-sexual = Sexual harm
contact-need-past = Harm as a child, or long ago
contact-need-stalking = Being followed or pestered
contact-need-online = Private images and online harm
contact-need-honour = Forced marriage and “honour”
contact-need-slavery = Being made to work or serve
contact-need-hate = Hate crime
contact-need-discrimination = Unfair treatment
contact-need-care = An adult who needs care is not safe
contact-need-work = Something wrong at work, and help for staff
contact-need-money = Money, rights and fraud
contact-need-home = A place to live
contact-need-child = A child or young person
contact-need-extremism = Being drawn toward extremism

contact-area-uk = Anywhere in the UK
contact-area-england = England
contact-area-wales = Wales
contact-area-scotland = Scotland
contact-area-northern_ireland = Northern Ireland

contact-group-women = Women
contact-group-men = Men
contact-group-lgbt = LGBT+ people
contact-group-young = Young people
contact-group-older = Older people
contact-group-deaf = Deaf people
contact-group-disabled = Disabled people
contact-group-learning_disability = People with a learning disability, autistic people
contact-group-muslim = Muslim people
contact-group-jewish = Jewish people
contact-group-staff = Staff and students

contact-channel-phone = Phone
contact-channel-text = Text message
contact-channel-relay = Text relay
contact-channel-bsl = British Sign Language
contact-channel-web = Website
contact-channel-email = E-mail

contact-language-en = English
contact-language-cy = Welsh
contact-language-bsl = British Sign Language
contact-language-other = { $tag }

## Report or ask

public-ask-tab = Talk to us
public-ask-heading = Report or ask
public-ask-lede = You are not alone with this. You do not need proof, and you do not need to be sure.
public-ask-danger = Is someone in danger now?
public-ask-danger-text = Call 999 first. Then tell us when you can.
public-ask-danger-link = Other ways to reach 999
public-ask-person = Tell a person
public-ask-person-text = Phone or write to one of us. You can just ask what to do, and you can ask for someone to fill in the form with you.
public-ask-other-lead = If the first lead is part of what happened, or is not the right person for you, choose the other.
public-ask-write = Or tell us in writing
public-ask-start = Start the form
public-ask-start-hint = One question at a time. You can leave out most of them, stop, and come back.
public-ask-return = Come back with your words
public-ask-return-hint = Carry on, read our answer, or add something.
public-ask-paper = Print the form on paper
public-ask-easy = Tell us in Easy Read, on paper
public-ask-paper-hint = Fill it in by hand, and post it or give it to a lead.
public-ask-next = What happens next
public-ask-next-1 = You get seven words. They are your key: with them, only you can come back. Write them down.
public-ask-next-2 = One lead reads what you wrote. If you say that this lead is part of it, they never see it.
public-ask-next-3 = We tell you what we will do, and by when. You can say what you want to happen, and what must not happen.
public-ask-know = Good to know
public-ask-know-text =
    - You can tell us your name, ask us to keep it to ourselves, or not say it at all.
    - It can be about you, about someone else, or about something you saw. It can be a near miss, or something that went well.
    - We ask you before we share what you tell us. Only if someone could come to serious harm may we have to act without it, and then we tell you if that is safe.
    - Nobody may treat you badly for telling us.
    - Is this phone or computer safe? If others use it, its history can show that you were here. [How to use this safely]({ $privacy })
public-ask-child = If someone is under 18
public-ask-child-text = Children and young people have their own route. Please contact them, and tell us too if you want. If a child is in danger now, call 999.
public-ask-child-policy = Read the policy

## How this is run

public-run-tab = How this is run
public-run-heading = How this is run
public-run-lede = Who reads what you send, who checks them, and what they have to do by when.
public-run-who = Who does what
public-run-designated = The designated lead
    .text = Reads reports, gives advice, decides with you what to do, and writes down why.
public-run-alternate = The alternate lead
    .text = Steps in when the first lead is away or is part of what happened. Also looks over decisions as a second person.
public-run-independent = The independent recipient
    .text = Someone outside the day-to-day work. Reads a report when no lead is right for it, and is told when something urgent waits too long.
public-run-caseworker = Caseworkers
    .text = Help with one report when a lead asks them to. They see that report and no other.
public-run-group = The safeguarding group
    .text = Leads, staff, someone from the body we belong to, and at least two people with lived experience. They see numbers and lessons, not names.
public-run-host = The body we belong to
    .text = Deals with what concerns its staff and students, and with the law on personal data.
public-run-conflict = When a lead is part of it
public-run-conflict-text =
    Nobody reads, decides or checks a report that is about them or about someone close to them.

    If you say that a lead is part of it, the report is locked with keys that this lead does not have. They do not see that it exists. They cannot undo this.
public-run-steps = What happens to a report
public-run-steps-text =
    1. A lead opens it and looks first for danger, and for what you want.
    2. The lead contacts you, in the way that you said is safe.
    3. The lead decides what to do, with you wherever that can be, and writes down the reasons.
    4. A second person looks at the decision.
    5. If a body outside must be told, such as the council or the police, a person does that, never a computer. We ask you first, unless someone could come to serious harm.
    6. At the end we ask you how far things came out as you wanted, and say sorry where we should.
public-run-times = By when
public-run-times-text = These are the times that we hold ourselves to. They count in working hours, except where someone may be in danger.
public-run-level = How urgent
public-run-opened = Opened
public-run-contact = First contact
public-run-decision = Decision
public-run-no-decision = None needed
public-run-level-immediate = Danger now
public-run-level-high = Serious harm likely
public-run-level-medium = Harm happened, no danger now
public-run-level-low = Near miss, or something to learn
public-run-level-good_practice = Something that went well
public-run-level-advice = A question
public-run-hours = If it takes longer
public-run-hours-text =
    { $hours }

    If nobody has opened a report in time, the next person is told by the program, on their own. This does not depend on anyone remembering.
public-run-check = Who watches over it
public-run-check-text =
    - Every month, the group looks at what is open, what is late, and what we learned.
    - Four times a year it looks at racism and discrimination on their own, at how fast we were, and at a sample of finished reports.
    - Every year someone from outside looks at a sample, and we publish a summary without names.
    - Few reports can mean that people are afraid to tell. We never praise a team for low numbers.
    - Every opening, sharing and decision leaves a trace that cannot be taken out unseen.

## Privacy

public-privacy-tab = Privacy
public-privacy-heading = Privacy, and using this safely
public-privacy-lede = What we keep, who can read it, and how to leave few traces.
public-privacy-safe = Using this safely
public-privacy-safe-text =
    - Press “Leave this page”, or Shift three times, and another page opens at once. It does not clear the history of your browser.
    - To clear the history, look for “History” in the settings of your browser, or use a private window from the start.
    - If someone may look at this phone or computer, use another one: a friend’s, or one in a library.
    - Keep your seven words where others will not look. Without them nobody can read what you sent from here, not even with the computer in hand.
public-privacy-visit = When you only read
public-privacy-visit-text = We set no cookies, ask no other site for anything, and do not keep your internet address. Your browser is told to keep no copy of these pages.
public-privacy-report = When you write to us
public-privacy-report-text =
    - While you fill in the form, your answers are locked with a key that only you have. We need one cookie for this. It goes when you finish or leave.
    - When you send it, it is locked for the people who may read it. What is stored cannot be read without their keys, or yours.
    - If you stop before sending, what you wrote is deleted by itself after { $days } days without a change.
    - We take hidden data, such as the place where a photo was taken, out of what our team looks at.
    - E-mails to you and to us say only that there is something to read.
public-privacy-share = Who else may get to know
public-privacy-share-text =
    We ask you, body by body: the police, the council, the university. You can change your mind.

    Without your yes we share only if someone could come to serious harm, if the law demands it, or if a child is at risk. We write down why, and tell you if that is safe.
public-privacy-keep = How long we keep it
public-privacy-keep-text = As long as it is needed to keep people safe and to answer for what we did, and no longer. Your lead can tell you the exact time.
public-privacy-rights = Your rights
public-privacy-rights-text = You can ask to see what is held about you, to have it put right, to have it deleted, or to object. Ask a lead, or the body we belong to. If you are not content with the answer, you can go to the Information Commissioner: ico.org.uk.

## Accessibility

public-accessibility-tab = Accessibility
public-accessibility-heading = Accessibility
public-accessibility-lede = This should work for you, whatever you use. If it does not, there is another way, and it counts the same.
public-accessibility-how = What you can do here
public-accessibility-how-text =
    - Use it with a keyboard alone, with a screen reader, or by voice.
    - Make it four times as large without scrolling sideways.
    - Use it in dark mode, with your own colours, or printed.
    - Use it on an old phone, with a slow connection, without scripts.
    - Take your time. What you wrote is kept, and you can come back to it.
public-accessibility-other = Another way
public-accessibility-other-text = You can phone, write, meet us, or ask someone to fill in the form with you. You can ask for large print, Easy Read, another language or an interpreter. Nobody is asked to use a relative as interpreter.
public-accessibility-state = How far we are
public-accessibility-state-text =
    We aim for the Web Content Accessibility Guidelines 2.2 at level AA, and at AAA for contrast, size of buttons and plain words. Each page is checked by a program for each change.

    There is [a form in Easy Read]({ $paper }/easy) to print. People with learning disabilities have not checked it yet.

    What is not there yet: the other pages in Easy Read, videos in British Sign Language, and checks by people who use assistive technology every day.
public-accessibility-tell = Tell us
public-accessibility-tell-text =
    If something here does not work for you, please tell one of the leads below. We answer within five working days.

    If you are not content with the answer, the Equality Advisory and Support Service can help you: equalityadvisoryservice.com.

## When someone tells you

public-listening-tab = Listening
public-listening-heading = When someone tells you
public-listening-lede = Someone trusts you with something hard, maybe for the first time. You do not have to solve it. Listening is already help.
public-listening-danger = Is anyone in danger now? Call 999, and stay with the person if you can.
public-listening-do = What helps
public-listening-do-text =
    - Find a quiet place, and take time. Let them choose where to sit and when to stop.
    - Listen more than you speak. Silence is all right.
    - Say: “I believe you.” “I am glad you told me.” “It is not your fault.”
    - Ask what they need now, and what they want to happen.
    - Use their words for what happened, not yours.
    - Ask who they would like with them.
public-listening-not = What to leave out
public-listening-not-text =
    - Questions that begin with “why”. They can sound like blame.
    - Asking for details. One telling is enough.
    - A promise to keep it all to yourself. Say instead: “I may need to tell one person whose job this is. I will tell you before I do.”
    - Telling the person whom it is about, or looking for proof yourself.
    - Deciding for them.
public-listening-stop = Four things to check
public-listening-stop-text =
    Whatever it is about, and even if it was long ago, tell a lead today if one of these may be true:

    1. Someone is in danger now.
    2. Someone under 18 is or may be harmed.
    3. Other people are at risk from the same person.
    4. It may be a serious crime.
public-listening-after = Afterwards
public-listening-after-text =
    - Write down what was said, in their words, as soon as you can. Keep apart what you saw, what you were told, and what you think.
    - If it is about our work, [report or ask]({ $ask }). If you are not sure, do it too.
    - If it is not about our work, look together at the [people who can help]({ $help }). If they want, make the first call with them.
    - Be honest about what we can do. We cannot be a support service for the long run.
    - Look after yourself. You may talk with a lead about how it was for you, without saying who it was about.

## Kinds of harm

public-categories-tab = Reading
public-categories-heading = Kinds of harm
public-categories-lede = These words may help to find what is going on. You do not need the right word to tell us.
public-categories-note = This page names hard things, without pictures or stories. Signs make us curious. They prove nothing, and there can be harm without any.
public-categories-first = Ten kinds that the law on care names
public-categories-more = Others that we look out for
public-categories-sign = Signs can be:
public-categories-racism = Racism and discrimination can be part of any of them. We always ask about both.
