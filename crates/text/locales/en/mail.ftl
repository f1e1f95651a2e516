# Mails. They say that there is something to read and nothing else: whoever sees the screen of the person who gets
# one must learn nothing from it. No name of the service, no number, no word about what it is for.

mail-sender = Messages

mail-member-subject = Something to read
mail-member-body =
    Hello,

    There is something for you to look at. Sign in to see it:

    { $desk }

    This message was sent by itself. Please do not answer it.

mail-invited-subject = An invitation
mail-invited-body =
    Hello,

    You are invited to join a team. With this link you choose what you sign in with:

    { $join }

    It works once, within { $days } days. Please do not pass it on: whoever has it can join in your place. If you did
    not expect this, leave it be, and tell somebody in the team whom you know.

    This message was sent by itself. Please do not answer it.

mail-reporter-subject = You have a message
mail-reporter-body =
    Hello,

    There is something new for you to read, in the place where you left your message.

    This message was sent by itself. Please do not answer it.
