# The form in Easy Read (/paper/easy): for people who like short sentences and pictures.
#   easy-<question>      the question, in easy words; .text what helps with it, one idea on each line
#   easy-<question>-<option>   an option in easier words; the others are said as in the form
# Each line is one sentence or one idea. No word that needs another word to explain it.
# People with learning disabilities have not checked these words yet. Ask them before you rely on them (T15, T24).

easy-heading = Tell us in Easy Read
easy-lede = This form is for telling us if someone was hurt or is not safe.
easy-others =
    To print it, use the menu of your browser.

    There is also [the whole form]({ $paper }), and [a short one]({ $paper }/short).

easy-first = Are you in danger now?
    .text =
        Call 999.
        The call is free.
        You can do this form later.

easy-how = How to use this form
    .text =
        You can write.
        You can draw.
        You can tick a box.
        You do not have to answer every question.

easy-help = You can get help
    .text =
        Someone you trust can help you with this form.
        We can help you too.
        You can phone us.

easy-danger = Is anyone in danger now?
easy-danger-not_sure = I do not know

easy-about_whom = Who was hurt or is not safe?
easy-about_whom-me = Me
easy-about_whom-saw = Someone else. I saw it
easy-about_whom-told = Someone else. I heard about it
easy-about_whom-behalf_knows = Someone else. They know I am telling you
easy-about_whom-behalf_unknown = Someone else. They do not know I am telling you
easy-about_whom-role = Someone else. It is part of my job to tell you
easy-about_whom-rather_not_say = I do not want to say

easy-what_happened = What happened?
    .text =
        Tell us in your own words.
        You can draw a picture.
        A little is enough.
easy-what_happened-rather_tell = I want to tell a person
easy-what_happened-in_a_file = I have a picture, a letter or a recording

easy-when_happened = When did it happen?
    .text = You do not need to know the day.
easy-when_happened-not_sure = I do not know
easy-when_happened-rather_not_say = I do not want to say

easy-where = Where did it happen?
easy-where-in_person = When we met
easy-where-online = On the internet
easy-where-phone = On the phone, or in a message
easy-where-travelling = On the way there, or on the way home
easy-where-outside = Somewhere that has nothing to do with us
easy-where-not_sure = I do not know
easy-where-rather_not_say = I do not want to say

easy-people = Who was there?
    .text =
        Who did it?
        Who saw it?
        You do not have to give names.

easy-safe_now = Do you feel safe now?
    .text = If it is about someone else: is that person safe?
easy-safe_now-safe = Yes
easy-safe_now-mostly = Most of the time
easy-safe_now-not_sure = I do not know
easy-safe_now-unsafe = No
easy-safe_now-rather_not_say = I do not want to say

easy-wishes = What do you want to happen?
    .text =
        You can tick more than one box.
        You can change your mind later.
easy-wishes-record = Just write it down
easy-wishes-talk = I want to talk to someone
easy-wishes-stop = It must stop
easy-wishes-conversation = Someone talks to the person who did it
easy-wishes-apology = I want to hear “sorry”
easy-wishes-change = You do things in a new way
easy-wishes-apart = I do not want to be with that person
easy-wishes-formal = You look into it, with rules for how
easy-wishes-other_body = Tell someone else, like the police
easy-wishes-rather_not_say = I do not want to say
easy-wishes-rather_tell = I want to tell a person

easy-must_not = What must we not do?
    .text = Is there someone we must not tell?
easy-must_not-rather_tell = I want to tell a person

easy-team_involved = Is it about one of us?
    .text =
        These people read what you tell us.
        Is it about one of them, or a friend of theirs?
        Tick the name.
        Then that person will not see this form.
easy-team_involved-none = No
easy-team_involved-rather_not_say = I do not want to say

easy-may_share = Who may we talk to about this?
    .text =
        Tick who we may talk to.
        We must tell someone if a person could be badly hurt.
        We must tell someone if a child is not safe.
        We will try to tell you first.
easy-may_share-health = Doctors and nurses
easy-may_share-other = Other people

easy-name = What is your name?
    .text =
        You do not have to say.
        If you do not say, it may be hard to help you.
easy-name-rather_not_say = I do not want to say

easy-contact = How can we talk to you?
    .text = Only tick what is safe for you.
easy-contact-in_person = We meet

easy-access = What helps you?
    .text = Tick what you need when we talk to you.

easy-next = What to do now
    .text =
        Give this form to one of these people.
        Give it to a person it is not about.
        You can post it.
        We will read it and think about how to help.
