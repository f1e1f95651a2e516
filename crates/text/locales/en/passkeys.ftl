# Passkeys, in place of the code of an authenticator app (crates/web/src/team/passkeys.rs, desk/sign_in_passkey.rs).

passkey-title = Passkeys
passkey-account-text = A passkey signs you in with the fingerprint, face or PIN of your own device, in place of a code. You type your pass phrase as before.
passkey-account-link = Your passkeys
passkey-lede = A passkey takes the place of the code when you sign in. It is kept by your phone, your computer, your password manager or a security key, and works only at our own address, so a page that pretends to be ours gets nothing from it. Your pass phrase stays: it opens what you read here.
passkey-lost = If you lose one, sign in with a code of your authenticator app or a recovery code, and remove it here. Codes always work beside passkeys.
passkey-none = You have no passkeys yet.
passkey-unnamed = Passkey without a name
passkey-added = Added on { $date }
passkey-used = Last used on { $date }
passkey-unused = Not used yet
passkey-shut = This passkey counted backwards, so there may be a copy of it. It signs nobody in any more. Remove it, add a new one on a device that is yours alone, and change your pass phrase: whoever has the copy knew it.
passkey-remove = Remove
passkey-add = Add a passkey
desk-field-label = Name
    .hint = For yourself, such as “My phone”. Nobody else sees it. You may leave it empty
passkey-no-place = Passkeys don’t work at the address of this site, { $address }: browsers offer them only at a host name with https. Codes of your authenticator app work as before.
passkey-name-long = Use at most { $most } letters for the name
passkey-too-many = You have { $most } passkeys, and more are not kept. Remove one first
passkey-refused = The passkey was not added: it came too late, or was not the one that we asked for. Try again
passkey-make = Make the passkey
passkey-make-lede = When you press the button, your browser asks where to keep it, and for your fingerprint, face or PIN. You have { $minutes } minutes.
passkey-make-button = Make the passkey
passkey-done-added = The passkey was added. You can use it from the next time you sign in. If other devices are signed in that you don’t know, end them on “Your account”.
passkey-done-removed = The passkey was removed. It may still show on your device: you can delete it there too.

passkey-sign-in = Use a passkey instead of a code
passkey-sign-in-refused = These do not fit together: the address, the pass phrase and a passkey of yours. Check the first two, or sign in with a code
passkey-sign-in-again = That passkey did not sign you in: it came too late, or was not the one that we asked for. Type your pass phrase again, and use a passkey or a code
passkey-ask = Use your passkey
passkey-ask-lede = When you press the button, your browser asks for your fingerprint, face, PIN or security key. You have { $minutes } minutes.
passkey-ask-button = Use your passkey
passkey-ask-code = You don’t have it with you?
passkey-ask-code-link = Sign in with a code
passkey-without = Your browser does not offer passkeys here. Use a code of your authenticator app or a recovery code.
passkey-fault = Your browser did not give a passkey. You can try again, or use a code.
passkey-fault-known = This device or password manager has a passkey of yours already. You can use that one.

team-change-passkey_added = { $name } added a passkey of their own
team-change-passkey_removed = { $name } removed a passkey of their own
team-change-passkey_shut = A passkey of { $name } counted backwards. There may be a copy of it, so it was shut. Ask { $name } whether all is well
