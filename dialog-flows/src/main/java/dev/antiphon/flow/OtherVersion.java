package dev.antiphon.flow;

/** A saved state belongs to another version of the dialog than the one that is to go on with it. */
public final class OtherVersion extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String saved;
    private final String present;

    OtherVersion(String dialog, String saved, String present) {
        super("the saved state must be of version " + present + " of dialog '" + dialog + "', but is of version "
                + saved + "; to go on in spite of that, resume with saved.adoptedBy(dialog)");
        this.saved = saved;
        this.present = present;
    }

    /** The version that the state was saved with. */
    public String saved() {
        return saved;
    }

    /** The version of the dialog. */
    public String present() {
        return present;
    }
}
