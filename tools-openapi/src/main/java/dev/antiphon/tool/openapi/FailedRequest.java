package dev.antiphon.tool.openapi;

/** What happened to a request, for people alone: its method, its path as the document has it, and a status or what broke. */
final class FailedRequest extends RuntimeException {

    FailedRequest(ApiOperation operation, String what) {
        super(operation.method() + " " + operation.path() + ": " + what, null, false, false);
    }

    @Override
    public String toString() {
        return String.valueOf(getMessage());
    }
}
