package io.fairlead.cli.members;

/** What was asked for cannot be had; the message says why, to the operator. */
final class MembersException extends Exception {
    MembersException(String message) {
        super(message);
    }
}
