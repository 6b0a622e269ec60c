package io.fairlead.cli.admin;

/** What was asked for cannot be had; the message says why, to the operator. */
public final class AdminException extends Exception {
    private static final long serialVersionUID = 1;

    /** For this reason. */
    public AdminException(String message) {
        super(message);
    }
}
