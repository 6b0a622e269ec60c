package io.fairlead.admin.program;

import java.util.List;

/** A configuration was refused as a whole; what was in force is still in force. */
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    /**
     * @param problems all that is wrong with it, one text each, with the place in the file where it has one; at least one. No secret
     *     stands in it
     */
    public Refusal(List<String> problems) {
        super(String.join("\n", problems), null, false, false);
        this.problems = List.copyOf(problems);
    }

    /** All that is wrong with it, one text each. */
    public List<String> problems() {
        return problems;
    }
}
