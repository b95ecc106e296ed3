package dev.antiphon.tool;

/** A thread for each attempt. */
enum OwnThreads implements ToolThreads {
    VIRTUAL {
        @Override
        public Running run(String name, Runnable attempt) {
            return Thread.ofVirtual().name("tool-" + name).start(attempt)::interrupt;
        }

        @Override
        public ToolThreads ofComputing() {
            return PLATFORM;
        }
    },
    PLATFORM {
        @Override
        public Running run(String name, Runnable attempt) {
            return Thread.ofPlatform().daemon().name("tool-" + name).start(attempt)::interrupt;
        }
    }
}
