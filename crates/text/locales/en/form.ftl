# The words of the report form (forms/report.toml). How the keys are made:
#   section-<id>            the name of a part of the form
#   page-<id>, .body        the heading and text of a page that tells something, or asks more than one thing
#   note-<name>, .body      a note that pages show
#   .paper                  what stands on paper in place of a hint, a body or an option, where a screen is meant
#   q-<question>            the question; .hint help with answering; .why why we ask; .error-<kind> its own errors
#   q-<question>-<option>   an option or a row; .hint more about it; .more the text field beside it
# A `.body` is Markdown. Tone: warm, plain, believing; nobody is blamed, nothing is doubted.

# Words that all questions share

form-why = Why we ask
form-skip-page = Leave this one out
form-skip-section = Skip the rest of this part
form-section-of = Part { $place } of { $of }: { $name }
form-not-answered = Left out
form-chars = You can write up to { $max } characters.
form-item-change = Change
form-item-remove = Take out
form-items-none = None added yet.

form-when-about = In your own words
    .hint = For example: last Tuesday in the afternoon, or about two years ago.
form-when-date = The date, if you know it. A month or a year alone is fine.
form-when-from = From
form-when-until = Until
    .hint = Only if it went on for more than one day.
form-when-day = Day
form-when-month = Month
form-when-year = Year

form-error-missing = Please answer this one before you go on.
form-error-too-long = This is { $by ->
        [one] 1 character
       *[other] { $by } characters
    } longer than fits here. Please shorten it to { $max } characters. You can tell us the rest in another answer, or later.
form-error-unknown-option = This choice is no longer on the list. Please choose again.
form-error-bad-date = We could not read this as a date. You can write it in words instead, or leave out what you do not know.
form-error-mixed = You chose one answer that does not go with the others. Please keep either that one or the others.
form-error-not-chosen = You wrote something here, but the answer above it is not chosen. Please choose that answer, or empty this field.
form-error-not-text = Some signs here were not letters or numbers, so we took them out. Please look whether your words are still right, then go on.

# The parts of the form

section-safety = Safety first
section-kind = What you want to tell us
section-you = About you
section-matter = Who should see this
section-happened = What happened
section-place = When and where
section-people = People
section-harm = What kind of harm
section-wishes = What you would like
section-sharing = Who may know
section-done = What has been done
section-files = Files
section-contact = How to reach you

# Notes

note-device = Is this device safe to use?
    .body =
        If someone else uses this phone or computer, they may see which pages you opened. Use a device that they cannot reach, if you can.

        The button that leaves this page takes you to another website at once. It does not clear the history of the browser.

        Nothing is stored until you go on from this page.
note-talk = Would you rather talk?
    .body = You can phone or write to a person at any time. They can also fill in this form with you. You do not have to finish here.
note-signposting = Other people who can help
    .body = We can listen for a short while. We are not able to give long support with things outside our activities. Others can, and they know a lot about it. We show you who, and you can still tell us as well.
    .paper = We can listen for a short while. We are not able to give long support with things outside our activities. Others can, and a lead can tell you who they are. You can still tell us as well.
note-must_share = When we may have to tell someone
    .body = We may need to share something if a person could be badly hurt, if a child is at risk, or if the law says so. We tell you first, unless that would make things less safe.
note-privacy = How we look after what you tell us
    .body = We keep it locked. Only the people who deal with it can read it. What you choose here guides us. It is not the legal reason why we may keep it; the privacy notice explains that.
note-files = Before you add a file
    .body =
        Never add a sexual picture of anyone, and above all not of anyone under 18. It can be against the law to send it. Tell us in words instead, and tell the police on 101, or on 999 if it is happening now.

        Please do not go back to things that upset you just to save them. Your words are enough.

        Photos, films and recordings can hold the place and time where they were made. We keep your file as it is, locked. We read a copy with that taken out, where it can be: from films not all of it can.
    .paper = Never add a sexual picture of anyone, and above all not of anyone under 18. It can be against the law to pass it on. Tell us in words instead, and tell the police. Please do not go back to things that upset you just to copy them.

# A0: safety first

q-danger = Is anyone in danger right now?
    .hint = This includes violence or hatred that is being stirred up now.
    .why = If someone is in danger, getting help comes before any form.
    .error-missing = Please choose yes, no or not sure. You can go on with any of them.
q-danger-yes = Yes
q-danger-no = No
q-danger-not_sure = I am not sure

page-danger_help = Call 999 now if you can
    .body =
        Ask for police, ambulance or fire. We cannot call for you.

        - You cannot speak: call 999 from a mobile phone, listen, and press 55 when you are asked to.
        - You use text relay: dial 18000 in the Relay UK app.
        - You use British Sign Language: make a video call at 999bsl.co.uk.
        - You are not sure: you can still call 999. They will help you to decide.

        If you can make things safer without more risk for anyone, please do. If not, keep away and wait for help.

        Afterwards, please phone a lead as well. You can go on here now, or come back later.
    .paper = Ask for police, ambulance or fire. If you cannot speak, call 999 from a mobile phone, listen, and press 55 when you are asked to. With text relay, dial 18000 in the Relay UK app. In British Sign Language, go to 999bsl.co.uk. Afterwards, please phone a lead as well.
q-emergency_called = Have the emergency services been called?
    .hint = We cannot call for you.
    .why = It tells us what is already happening, and what is not.
q-emergency_called-yes = Yes
q-emergency_called-no = Not yet
q-emergency_called-cannot = I cannot do it safely

# A2.1: what kind of report

q-kind = What are you telling us about?
    .hint = Choose all that fit. You cannot choose wrongly: we will sort it out.
    .why = It lets us ask you only what we need. Some things take less than a minute.
    .error-missing = Please choose at least one. If none seems right, choose the first or the last one.
q-kind-concern = A worry
    .hint = Someone is, or may become, unsafe. You need no proof.
q-kind-incident = Something that happened
    .hint = Someone was harmed, or could have been.
q-kind-near_miss = Something that nearly went wrong
    .hint = It could have hurt someone, and did not. This form is short.
q-kind-past_harm = Harm in the past
    .hint = Yours or another person’s, however long ago.
q-kind-whistleblowing = Something wrong that others should know about
    .hint = Bad practice, dishonest use of money, harassment, or hiding such things.
q-kind-good_practice = Something that went well
    .hint = We learn from this too. This form is short.
q-kind-development = Something that we should get better at
    .hint = This form is short.
q-kind-advice = I am not sure, I want advice
    .hint = You only need to write your question.

# A1: about you

q-identity = How do you want to tell us?
    .hint = You can change your mind later and become more private.
    .why = You decide who knows that it was you.
    .error-missing = Please choose one of the three ways.
q-identity-named = With my name
    .hint = The people who deal with this know who you are.
q-identity-confidential = In confidence
    .hint = The safeguarding leads know who you are. Others learn it only if they need to, and we ask you first unless someone could be badly hurt.
q-identity-anonymous = Without my name
    .hint = Nobody knows who you are. We may not be able to check things, to act, or to tell you much. You can still come back and read what we write to you.

page-your_name = Your name
q-name = What is your name?
    .hint = The name that you use. A first name is fine.
    .why = So that we call you by the right name.
    .error-missing = Please write the name that you use, or choose that you would rather not say.
q-name-rather_not_say = I would rather not say
q-pronouns = Your pronouns
    .hint = For example: she, he, they.
    .why = So that we speak of you as you want.
q-say_name = How do you say your name?
    .hint = Write it as it sounds.
    .why = So that we say it right when we speak with you.

q-follow_up = Would you like to come back and read our answer?
    .hint = You get seven words that open your report again. We cannot tell from them who you are.
    .paper = We can give you seven words that open your report on our website. They do not show who you are. Tell us how to get them to you.
    .why = Then we know if you are likely to read what we write.
q-follow_up-yes = Yes
q-follow_up-no = No

q-about_whom = Who is this about?
    .hint = All of these are fine.
    .why = So that we put the person who was affected first.
    .error-missing = Please choose the one that fits best, or choose that you would rather not say.
q-about_whom-me = Me
q-about_whom-saw = Someone else: I saw or heard it
q-about_whom-told = Someone else: I was told about it
q-about_whom-behalf_knows = Someone else, and they know that I am telling you
q-about_whom-behalf_unknown = Someone else, and they do not know that I am telling you
q-about_whom-role = Someone else: it is part of my role as staff or facilitator
q-about_whom-rather_not_say = I would rather not say

q-your_role = What is your link with us?
    .why = It helps us to understand where things happen. It changes nothing in how we treat you.
q-your_role-co_producer = Co-producer
q-your_role-staff = Staff
q-your_role-facilitator = Facilitator
q-your_role-partner = Partner organisation
q-your_role-commissioner = Commissioner
q-your_role-student = Student
q-your_role-visitor = Visitor
q-your_role-other = Something else
    .more = Which?
q-your_role-rather_not_say = I would rather not say

q-they_know = Does the person affected know that you are telling us?
    .hint = You can tell us either way.
    .why = It tells us how to speak with them, and if we should at all.
q-they_know-agrees = Yes, and they agree
q-they_know-disagrees = Yes, and they do not agree
q-they_know-no = No
q-they_know-not_sure = I am not sure

# A2: what kind of report

q-whistle_kinds = What is it about?
    .hint = Choose all that fit. Nobody may be treated badly for telling us. You can get free, private advice from the charity Protect, at protect-advice.org.uk.
    .why = So that the right people look into it.
q-whistle_kinds-poor_practice = Bad practice
q-whistle_kinds-corruption = Dishonest use of money or position
q-whistle_kinds-harassment = Harassment, also sexual harassment
q-whistle_kinds-health_safety = Health and safety
q-whistle_kinds-law = Breaking the law
q-whistle_kinds-cover_up = Hiding any of these
q-whistle_kinds-other = Something else
    .more = What?

q-related = Is this linked to our activities?
    .hint = Activities are our sessions, projects, visits, online groups, and the way there and back.
    .why = What is not linked to our activities may be better helped by others. We tell you who they are. You can still tell us.
    .error-missing = Please choose one. “I am not sure” is a good answer too.
q-related-yes = Yes
q-related-no = No
q-related-partly = Partly
q-related-not_sure = I am not sure

q-stop_checks = Does any of this fit?
    .hint = Choose all that fit.
    .why = If any of these is true, we want to know, even if it has nothing to do with us.
q-stop_checks-danger = Someone is in danger now
q-stop_checks-child = Someone under 18 is or may be harmed
q-stop_checks-others = Other people may be harmed too
q-stop_checks-serious_crime = It may be a serious crime
q-stop_checks-not_sure = I am not sure
q-stop_checks-none = None of these

page-stop_help = Please tell us, if you feel able to
    .body =
        What you chose matters, even if it is not linked to our activities. A lead will read it and think about what can be done.

        - If someone is in danger now, call 999.
        - If a child may be harmed, you can call the NSPCC on 0808 800 5000.
        - For a crime that is not happening now, call the police on 101.

        You can go on here and tell us, and you can do both.
    .paper = A lead will read this and think about what can be done. If someone is in danger now, call 999. If a child may be harmed, you can call the NSPCC on 0808 800 5000. For a crime that is not happening now, call the police on 101.

q-go_on = What would you like to do?
    .why = It is your choice. Both are fine.
q-go_on-tell = Go on and tell you about it
q-go_on-leave = See who else can help, and send nothing
    .hint = What you wrote so far is not sent to us.

page-other_help = People who can help
    .body =
        Thank you for thinking about this with us. Nothing was sent.

        The page “Get help now” lists people who know a lot about many kinds of trouble. Most are free, and many answer day and night.

        If you change your mind, you can go back and tell us.

q-under_18 = Might anyone under 18 be affected, or be at risk?
    .hint = If you are not sure, choose that.
    .why = Other rules look after children and young people. We act on those at once.
    .error-missing = Please choose one. “I am not sure” is a good answer too.
q-under_18-yes = Yes
q-under_18-no = No
q-under_18-not_sure = I am not sure

page-children_route = When someone under 18 may be affected
    .body =
        We have a policy of its own for children and young people, and someone who looks after it. Their contact details are on this page if we have them.

        - If a child is in danger now, call 999.
        - You can call the NSPCC on 0808 800 5000 for advice.
        - A child or young person can call Childline on 0800 1111.

        Please go on here as well. A lead will look at this first.
    .paper = Please phone a lead now, or the NSPCC on 0808 800 5000. A child or young person can call Childline on 0800 1111. If a child is in danger, call 999. A lead will look at this form first.

q-team_involved = Is this about any of these people, or someone close to them?
    .hint = Choose all that fit. They will not see your report, and will not know that there is one.
    .why = Nobody reads a report about themselves or someone close to them. If you would rather not say, it goes to a person from outside the team.
    .error-missing = Please choose. If it is about none of them, choose that. If you would rather not say, choose that.
q-team_involved-none = No, none of them
q-team_involved-rather_not_say = I would rather not say

page-fears_reprisal = Being treated badly for telling us
q-fears_reprisal = Are you worried about being treated badly for telling us?
    .hint = Nobody may do that to you. If you are worried, we plan with you how to keep you safe.
    .why = So that we can protect you from the start.
q-fears_reprisal-yes = Yes
q-fears_reprisal-no = No
q-fears_reprisal-not_sure = I am not sure
q-fears_more = What are you worried about?
    .why = So that we do nothing that makes it worse.
q-fears_more-rather_tell = I would rather tell a person

# A3: what happened

q-what_happened = In your own words, what do you know happened?
    .hint = Say as little or as much as you like. Write what you saw or heard. You do not need to go through it all again.
    .why = We want to hear it from you first. We read it before anything else, so that you need to tell it only once.
    .error-missing = Please write a few words, or choose one of the other ways to tell us.
q-what_happened-rather_tell = I would rather tell a person
q-what_happened-in_a_file = I will add a recording, a drawing, a letter or another file

q-what_said = What did people say?
    .hint = As near as you remember, in their own words, even if the words are ugly. You can say who said it.
    .why = What others said stands apart from what you saw yourself. That makes your report stronger.
q-what_said-rather_tell = I would rather tell a person

q-what_think = What do you think or feel about it?
    .hint = Feelings matter, and a hunch does too.
    .why = We keep it apart from what you know, so that both are clear.
q-what_think-rather_tell = I would rather tell a person

q-what_unsure = What are you unsure about?
    .hint = Gaps are fine. Nobody remembers everything.
    .why = Then we do not take something for certain that is not.
q-what_unsure-rather_tell = I would rather tell a person

page-how_often = How often
q-how_often = Has it happened before, or is it still going on?
    .hint = Small things that add up count too.
    .why = Many small things can do great harm. Seen together, they tell us more.
q-how_often-once = It happened once
q-how_often-more_than_once = It happened more than once
q-how_often-ongoing = It is still going on
q-how_often-not_sure = I am not sure
q-how_often-rather_not_say = I would rather not say
q-how_often_more = Is there more to say about that?
    .why = So that we can see it as a whole.

q-ask = What do you want to ask us?
    .hint = Write it as you would say it. You need no names.
    .why = So that the right person can answer you.
    .error-missing = Please write your question, or choose that you would rather tell a person.
q-ask-rather_tell = I would rather tell a person

page-learning = What we can learn
q-went_well = What stopped harm, or what went well?
    .why = So that we can do it again.
q-should_change = What should change, or be shared with others?
    .why = So that we get better, and others do too.

q-enough = You have told us the main thing. What now?
    .hint = You can stop here. You can add more later with your words.
    .why = Some people want to say more, and some have said enough. Both are fine.
q-enough-more = I want to add more
    .hint = When and where, people, what you would like to happen, and how to reach you. You can leave out any of it.
q-enough-send = Send what I have written
    .hint = You see all your answers before they go.

# A4: when and where

q-when_happened = When did it happen?
    .hint = A rough time is fine. Things from long ago are welcome too.
    .why = It helps us to put things in order, and to see if something is urgent.
q-when_happened-not_sure = I am not sure
q-when_happened-rather_not_say = I would rather not say

q-when_noticed = When did you notice it, or hear about it?
    .hint = A rough time is fine.
    .why = So that we learn how quickly people can reach us.
q-when_noticed-not_sure = I am not sure

q-where = Where did it happen?
    .why = So that we can make that place safer.
q-where-in_person = In person
    .more = Where? A rough description is fine.
q-where-online = Online
q-where-phone = By phone or message
q-where-travelling = On the way there or back
q-where-outside = Outside our activities
q-where-other = Somewhere else
    .more = Where?
q-where-not_sure = I am not sure
q-where-rather_not_say = I would rather not say

q-online_details = Where online?
    .hint = The website, app, group or link. Please do not go back to things that upset you just to copy them.
    .why = So that we can find it ourselves.

q-activity = Which activity or project was it?
    .hint = Any name that you have for it is fine.
    .why = So that we can look after the others there as well.
q-activity-not_sure = I am not sure
q-activity-rather_not_say = I would rather not say

# A5: people

q-people = Who was there, or knows about it?
    .hint = You can add people one by one, or leave this out. Initials, or what they do, are enough.
    .paper = Initials, or what they do, are enough. Take another sheet for more people.
    .why = So that we know who may need support, and who must not see this.
    .add = Add a person
    .item = Person { $number }
page-person = About this person
q-person_role = What was this person’s part?
    .why = So that we understand who is who. Nothing is decided by it.
q-person_role-affected = They were harmed, or may be
q-person_role-concern = I am worried about what they did
q-person_role-witness = They saw or heard it
q-person_role-told_by = They told me about it
q-person_role-helper = They helped
q-person_role-not_sure = I am not sure
q-person_name = Their name, or how to describe them
    .hint = Initials, or what they do, are enough.
    .why = So that we do not mix people up, and never show this to someone who is part of it.
q-person_name-rather_not_say = I would rather not say
q-person_link = What is their link with us?
    .why = So that we know who else has a duty to help.
q-person_link-co_producer = Co-producer
q-person_link-staff = Staff
q-person_link-facilitator = Facilitator
q-person_link-partner = Partner organisation
q-person_link-student = Student
q-person_link-public = None: a member of the public
q-person_link-not_sure = I do not know
page-person_power = Power and safety
q-person_power = Do they hold power or trust, or work with adults or children elsewhere?
    .hint = For example as a manager, a group leader, or someone who pays others.
    .why = Others may need to be kept safe too.
q-person_power-yes = Yes
    .more = What do you know about it?
q-person_power-no = No
q-person_power-not_sure = I am not sure
q-person_finds_out = Could they find out that you told us, or will they see you soon?
    .why = So that we can keep you safe.
q-person_finds_out-yes = Yes
    .more = How or when?
q-person_finds_out-no = No
q-person_finds_out-not_sure = I am not sure
page-person_care = Care and support
q-person_care = Does this person get social care, or need care and support?
    .hint = We help them in either case.
    .why = The council has a duty to look into some of these situations.
q-person_care-yes = Yes
q-person_care-no = No
q-person_care-not_sure = I am not sure
q-person_care-rather_not_say = I would rather not say
q-person_reach = How can we reach them safely?
    .hint = Say too if there is a way or a time that is not safe.
    .why = So that we put nobody at risk by getting in touch.

q-people_connection = How are these people connected?
    .hint = Say too if one has power over another: a manager, a payer, a group leader, a relative.
    .why = Power changes what people can say and do.

# A6: what kind of harm

q-categories = Which of these comes nearest?
    .hint = Choose any that fit. You can leave this out. A lead may see it differently; your choice is kept as well.
    .why = So that we think of the right kinds of help.
q-categories-none = None of these
q-categories-not_sure = I am not sure
q-categories-rather_not_say = I would rather not say

q-discrimination = Was racism or any discrimination part of it?
    .hint = If the person affected sees it that way, that is enough.
    .why = We will not look past racism or discrimination. We want to act on it.
q-discrimination-yes = Yes
q-discrimination-maybe = Maybe
q-discrimination-no = No
q-discrimination-rather_not_say = I would rather not say

q-characteristics = What was it linked to?
    .hint = Choose all that fit. It counts if it is true, if someone only thought so, or if it is about someone close.
    .why = People can be treated unfairly for several reasons at once. We want to see all of them.
q-characteristics-age = Age
q-characteristics-disability = Disability
q-characteristics-gender_reassignment = Being trans, or changing gender
q-characteristics-marriage = Marriage or civil partnership
q-characteristics-pregnancy = Being pregnant, or having a baby
q-characteristics-race = Race: skin colour, nationality, ethnic or national origin
q-characteristics-religion = Religion or belief
q-characteristics-sex = Sex
q-characteristics-sexual_orientation = Sexual orientation
q-characteristics-neurodivergence = Being neurodivergent
q-characteristics-class = Class, or how much money someone has
q-characteristics-migration = Migration status
q-characteristics-caring = Caring for someone
q-characteristics-care_experience = Having been in care
q-characteristics-language = Language or accent
q-characteristics-combination = Several of these together
    .more = How do they come together?
q-characteristics-other = Something else
    .more = What?
q-characteristics-not_sure = I am not sure
q-characteristics-rather_not_say = I would rather not say

q-discrimination_form = What form did it take?
    .hint = Choose all that fit.
    .why = So that what we do fits what happened.
q-discrimination_form-words = Words
q-discrimination_form-exclusion = Being left out
q-discrimination_form-stereotype = Being put in a box, or many small slights
q-discrimination_form-institutional = The way that an organisation does things
q-discrimination_form-harassment = Harassment
q-discrimination_form-threat = A threat
q-discrimination_form-violence = Violence
q-discrimination_form-online = Something online
q-discrimination_form-other = Something else
    .more = What?
q-discrimination_form-rather_not_say = I would rather not say

q-hate = Do you see it as a hate crime or a hate incident?
    .hint = That is hostility because of race, religion, disability, sexual orientation or being trans. You can report it to the police as well, if you want.
    .why = Your view counts. It changes which help there is.
q-hate-yes = Yes
q-hate-no = No
q-hate-not_sure = I am not sure
q-hate-rather_not_say = I would rather not say

# A7: what you would like

page-impact = What it has done
q-impact = What has it changed for you, or for the person affected?
    .hint = Choose all that fit.
    .why = So that we offer help that fits.
q-impact-feelings = Feelings
q-impact-body = Body and health
q-impact-safety = Feeling safe
q-impact-taking_part = Taking part
q-impact-work = Work or money
q-impact-relationships = Family, friends and others
q-impact-other = Something else
    .more = What?
q-impact-rather_not_say = I would rather not say
q-impact_more = Is there more to say about that?
    .why = So that we understand it in your words.
q-impact_more-rather_tell = I would rather tell a person

q-safe_now = How safe are you, or the person affected, now?
    .why = If you are not safe, that comes first.
q-safe_now-safe = Safe
q-safe_now-mostly = Mostly safe
q-safe_now-not_sure = I am not sure
q-safe_now-unsafe = Not safe
q-safe_now-rather_not_say = I would rather not say

page-unsafe_help = Being safe comes first
    .body =
        If there is danger now, call 999. If you cannot speak, call 999 from a mobile phone, listen, and press 55 when you are asked to.

        You can also phone a lead, or one of the people under “Get help now”. You do not have to finish this form first.

        We put your report before others.
    .paper = If there is danger now, call 999. You can phone a lead at any time. Please tell us this first when you hand in the form.

page-wishes = What you would like to happen
q-wishes = What would you like to happen?
    .hint = Choose all that fit. If this is about someone else, say what they want, if you know. You can change this later.
    .why = What the affected person wants guides us. If we cannot follow it, we say so and why.
q-wishes-record = Just write it down
q-wishes-talk = Someone to talk to
q-wishes-stop = The behaviour to stop
q-wishes-conversation = A talk in which the other person can understand and change
q-wishes-apology = To hear “sorry”
q-wishes-change = A change in how we work
q-wishes-apart = Not to be with that person
q-wishes-formal = A formal process
q-wishes-other_body = To report it to someone outside, such as the police
q-wishes-not_yet = I do not know yet
q-wishes-other = Something else
    .more = What?
q-wishes-rather_not_say = I would rather not say
q-wishes-rather_tell = I would rather tell a person
q-wishes_more = Is there more to say about that?
    .why = So that we understand it in your words.

q-must_not = What must not happen?
    .hint = For example: someone who must not be told, or a step that would make things worse.
    .why = We look at this before we do anything.
q-must_not-rather_tell = I would rather tell a person

q-companion = Would you, or the person affected, like someone to be there or speak for you?
    .hint = An advocate is a person from outside who helps you to be heard.
    .why = Nobody has to do this alone.
q-companion-friend = Yes, a friend or someone I trust
q-companion-advocate = Yes, an advocate
q-companion-no = No
q-companion-not_sure = I am not sure

page-helps_now = What would help
q-helps_now = What would help right now?
    .hint = Choose all that fit.
    .why = So that we begin with what helps.
q-helps_now-listen = Someone who listens
q-helps_now-information = To know what happens next
q-helps_now-safety_plan = A plan for staying safe
q-helps_now-time_out = Time away from the activity
q-helps_now-practical = Practical help, such as travel or money that is owed
q-helps_now-specialist = To be put in touch with people who know about this
q-helps_now-nothing = Nothing right now
q-helps_now-other = Something else
    .more = What?
q-helps_now-not_sure = I am not sure
q-helps_now_more = Is there more to say about that?
    .why = So that we understand it in your words.

# A8: who may know

page-confidentiality = Talking about who may know
q-confidentiality = Have you talked with those involved about who may know?
    .why = So that we keep what was promised, and do not promise it twice in different ways.
    .error-missing = As this is part of your role, please choose one. “Not yet” is fine.
q-confidentiality-yes = Yes
q-confidentiality-not_safe = No, it was not safe to
q-confidentiality-not_yet = Not yet
q-confidentiality-not_applicable = It does not apply here
q-confidentiality_more = What was agreed, and what worries are there?
    .why = So that we can keep to it.

q-may_speak = May we speak with these people?
    .hint = Leave out any that you are not sure about. We then ask you first.
    .why = You should know who hears about this before they do.
q-may_speak-affected = The person affected
q-may_speak-facilitator = The facilitator
q-may_speak-concern = The person whose behaviour this is about
q-may_speak-university = The leads at the university
q-may_speak-others = Others who were there
q-may_speak-yes = Yes
q-may_speak-no = No
q-may_speak-ask_first = Ask me first

q-may_share = May we share this with others outside?
    .hint = Leave out any that you are not sure about. We then ask you first.
    .why = We only share what is needed, and we write down why.
q-may_share-council = The council
q-may_share-police = The police
q-may_share-health = Health services
q-may_share-other = Others
q-may_share-yes = Yes
q-may_share-no = No
q-may_share-ask_first = Ask me first

q-may_learn = May we learn from this, with everything taken out that shows who it was?
    .why = What one person tells us can keep others safe. It is your choice.
q-may_learn-yes = Yes
q-may_learn-no = No
q-may_learn-ask_later = Ask me later

# A9: what has been done

q-actions = What has been done so far?
    .hint = Choose all that fit. It is fine if nothing has been done.
    .why = So that we do not do things twice, and see what is still missing.
q-actions-made_safe = The place was made safe
q-actions-paused = The session was paused
q-actions-comforted = Someone was comforted
q-actions-moved = Someone moved to another place
q-actions-first_aid = First aid was given
q-actions-told_lead = A lead was told
q-actions-signposted = Someone was told where to find help
q-actions-nothing = Nothing yet
q-actions-other = Something else
    .more = What?
q-actions-not_sure = I am not sure
page-actions_more = More about what was done
q-actions_more = What was done?
    .why = So that we can build on it.
q-actions_by = Who did it?
    .why = So that we can ask them, and thank them.
q-actions_by-not_sure = I am not sure
q-actions_when = When?
    .hint = A rough time is fine.
    .why = So that we can put things in order.
q-actions_when-not_sure = I am not sure

page-services = Emergency services
q-services = Who came, or was called?
    .hint = Choose all that fit.
    .why = So that we can work with them.
    .error-missing = Please choose at least one. “I do not know” is a good answer too.
q-services-police = Police
q-services-ambulance = Ambulance
q-services-fire = Fire
q-services-none = None of these
q-services-not_sure = I do not know
q-services_when = When?
    .hint = A rough time is fine.
    .why = So that we can put things in order.
q-services_when-not_sure = I am not sure
q-services_reference = Did they give you a number?
    .hint = A crime number, or the number of an officer.
    .why = So that we can ask about it without telling it all again.
q-services_outcome = What came of it?
    .why = So that we know what is still open.

q-told = Has anyone else been told?
    .hint = For example a doctor, a social worker, the police, another organisation. You can add them one by one, or leave this out.
    .paper = For example a doctor, a social worker, the police, another organisation.
    .why = So that we work with them, and you do not have to tell it again and again.
    .add = Add someone who was told
    .item = Number { $number }
page-told_one = Who was told
q-told_organisation = Which organisation?
    .why = So that we know whom to work with.
q-told_person = Which person?
    .why = So that we ask for the right one.
q-told_when = When?
    .hint = A rough time is fine.
    .why = So that we can put things in order.
q-told_when-not_sure = I am not sure
q-told_reference = Did they give you a number?
    .why = So that we can ask about it without telling it all again.

q-evidence = Is there anything that shows what happened?
    .hint = Keep it as it is, if you have it. Please do not look for more, and do not ask people questions about it.
    .why = So that it does not get lost.
q-evidence-messages = Messages
q-evidence-photos = Photos or videos
q-evidence-recording = A recording
q-evidence-papers = Papers
q-evidence-none = No
q-evidence-not_sure = I am not sure

# A10: files

q-files = Would you like to add files?
    .hint = Pictures, documents, text, sound or video.
    .paper = Pictures, letters, drawings, a recording. Please keep the first copy yourself, if you can.
    .why = Some things are easier to show or to say than to write.
page-file = About this file
q-file_about = What is it?
    .why = So that people know what they will see before they open it.
q-file_share = May others see it?
    .why = So that it goes no further than you want.
q-file_share-yes = Yes, those who deal with this
q-file_share-ask_first = Ask me first
q-file_share-no = No, only the lead who reads this

# A11: how to reach you

q-contact = How may we reach you?
    .hint = Choose all that are safe. If you choose none, we only write to you here, where your seven words open it.
    .paper = Choose all that are safe. If you choose none, we do not try to reach you.
    .why = We never use a way that you did not choose.
q-contact-messages = Messages here
    .hint = You come back with your seven words. Nobody sees it on your phone or in your mail.
    .paper = Messages on your website: give me seven words that open them
q-contact-phone = Phone
    .more = Your phone number
    .error-missing = Please write the phone number, or take out the choice.
q-contact-text = Text message
    .more = The number for text messages
    .error-missing = Please write the number, or take out the choice.
q-contact-email = E-mail
    .more = Your e-mail address
    .error-missing = Please write the e-mail address, or take out the choice.
q-contact-video = Video call
    .more = How do we call you?
    .error-missing = Please write how we can call you, or take out the choice.
q-contact-letter = Letter
    .more = The address for letters
    .error-missing = Please write the address, or take out the choice.
q-contact-in_person = In person
    .more = Where can we meet you?
    .error-missing = Please write where we can meet you, or take out the choice.
q-contact-through_someone = Through someone else
    .more = Who, and how do we reach them?
    .error-missing = Please write who it is and how to reach them, or take out the choice.
q-contact-do_not_contact = Please do not contact me

q-safe_to = Is it safe to do this?
    .hint = If you leave one out, we take it as no.
    .why = Someone else may see your phone or your post. We do nothing that could give you away.
q-safe_to-voicemail = Leave a voice message
q-safe_to-send_text = Send a text message
q-safe_to-say_who = Say who we are
q-safe_to-use_email = Write to the e-mail address that you gave
    .hint = We only write that there is something to read. We never write what it is about.
q-safe_to-yes = Yes
q-safe_to-no = No

page-times = Safe times
q-safe_times = When is it safe to reach you?
    .hint = For example: weekdays after 6 in the evening.
    .why = So that we choose a time that is good for you.
q-unsafe_times = When is it not safe?
    .why = So that we never reach you at such a time.

q-safe_word = Is there a word or a question by which you know that it is us?
    .hint = We say it first when we call. Choose something that nobody else would guess.
    .why = So that nobody can pretend to be us.

page-access = What helps you
q-access = What do you need when we are in touch?
    .hint = Choose all that fit. We do this each time, and you do not have to ask again.
    .why = So that you can take part as easily as anyone.
q-access-bsl = British Sign Language
q-access-interpreter = Another interpreter
    .more = Which language?
q-access-easy_read = Easy Read
q-access-large_print = Large print
q-access-braille = Braille
q-access-audio = Audio
q-access-captions = Captions
q-access-relay = Text relay
q-access-extra_time = Extra time
q-access-breaks = Breaks
q-access-someone_with_me = Someone with me
q-access-same_person = The same person each time
q-access-step_free = No steps
q-access-quiet_place = A quiet place
q-access-other = Something else
    .more = What?
q-access_more = What else should we know to make it easier for you?
    .why = You know best what helps.

q-news = How often would you like to hear from us?
    .why = Some people want to know each step, and some want to leave it behind. You decide.
q-news-each_step = At each step
q-news-weekly = Once a week
q-news-decisions = Only when something is decided
q-news-finished = Only when it is finished
q-news-never = Not at all
