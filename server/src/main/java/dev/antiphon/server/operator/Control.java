package dev.antiphon.server.operator;

import java.util.Map;

/** What an operator can order. */
public sealed interface Control {

    /** The bounded name in requests and in the audit list. */
    String name();

    /** What it is about, for the audit list; may be empty. */
    String subject();

    /** New calls of the flow begin on this tier, whatever the router says. */
    record ForceTier(String flow, String tier) implements Control {
        @Override
        public String name() {
            return "force-tier";
        }

        @Override
        public String subject() {
            return flow + " to " + tier;
        }
    }

    /** The router says again where new calls of the flow begin. */
    record ReleaseTier(String flow) implements Control {
        @Override
        public String name() {
            return "release-tier";
        }

        @Override
        public String subject() {
            return flow;
        }
    }

    /** New calls are refused; those under way go on, and those that wait keep their place. */
    record Drain() implements Control {
        @Override
        public String name() {
            return "drain";
        }

        @Override
        public String subject() {
            return "";
        }
    }

    /** New calls are answered again. */
    record Resume() implements Control {
        @Override
        public String name() {
            return "resume";
        }

        @Override
        public String subject() {
            return "";
        }
    }

    /** New calls of the flow do not move up, whatever the evidence, until it goes on. */
    record PauseRouter(String flow) implements Control {
        @Override
        public String name() {
            return "pause-router";
        }

        @Override
        public String subject() {
            return flow;
        }
    }

    /** They may move up again. */
    record ResumeRouter(String flow) implements Control {
        @Override
        public String name() {
            return "resume-router";
        }

        @Override
        public String subject() {
            return flow;
        }
    }

    /** Nobody new enters the experiment until it goes on. */
    record PauseExperiment(String experiment) implements Control {
        @Override
        public String name() {
            return "pause-experiment";
        }

        @Override
        public String subject() {
            return experiment;
        }
    }

    /** It goes on. */
    record ResumeExperiment(String experiment) implements Control {
        @Override
        public String name() {
            return "resume-experiment";
        }

        @Override
        public String subject() {
            return experiment;
        }
    }

    /** It ends, for good. */
    record StopExperiment(String experiment) implements Control {
        @Override
        public String name() {
            return "stop-experiment";
        }

        @Override
        public String subject() {
            return experiment;
        }
    }

    /** Its arms get other shares, 0 to 1, that add up to 1. */
    record Weights(String experiment, Map<String, Double> weights) implements Control {
        public Weights {
            weights = Map.copyOf(weights);
            double sum = weights.values().stream().mapToDouble(Double::doubleValue).sum();
            if (weights.values().stream().anyMatch(weight -> !(weight >= 0 && weight <= 1)) || Math.abs(sum - 1) > 1e-6) {
                throw new IllegalArgumentException(
                        "weights must be between 0 and 1 and add up to 1, but were " + weights + ", which add up to " + sum);
            }
        }

        @Override
        public String name() {
            return "weights";
        }

        @Override
        public String subject() {
            return experiment + " " + weights;
        }
    }
}
