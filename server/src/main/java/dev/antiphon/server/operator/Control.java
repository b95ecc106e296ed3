package dev.antiphon.server.operator;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an operator can order. */
public sealed interface Control {

    /** The bounded name in requests and in the audit list. */
    String name();

    /** What it is about, for the audit list; may be empty. */
    String subject();

    /** What is about the tier router. */
    sealed interface OfRouter extends Control {
        /** Whose calls. */
        String flow();
    }

    /** New calls of the flow begin on this tier, whatever router and experiments say. */
    record ForceTier(String flow, String tier) implements OfRouter {
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
    record ReleaseTier(String flow) implements OfRouter {
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
    record PauseRouter(String flow) implements OfRouter {
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
    record ResumeRouter(String flow) implements OfRouter {
        @Override
        public String name() {
            return "resume-router";
        }

        @Override
        public String subject() {
            return flow;
        }
    }

    /** What is about an experiment. */
    sealed interface OfExperiment extends Control {
        /** Its key. */
        String experiment();
    }

    /** It begins, or goes on, with so many percent of its coverage. */
    record StartExperiment(String experiment, int stagePercent) implements OfExperiment {
        @Override
        public String name() {
            return "start-experiment";
        }

        @Override
        public String subject() {
            return experiment + " with " + stagePercent + " %";
        }
    }

    /** It uses so many percent of its coverage; callers who are in it stay. */
    record RampExperiment(String experiment, int stagePercent) implements OfExperiment {
        @Override
        public String name() {
            return "ramp-experiment";
        }

        @Override
        public String subject() {
            return experiment + " to " + stagePercent + " %";
        }
    }

    /** Callers who are new to it are shared by these weights, by arm. */
    record WeighExperiment(String experiment, Map<String, Double> weights) implements OfExperiment {
        public WeighExperiment {
            weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        }

        @Override
        public String name() {
            return "weigh-experiment";
        }

        @Override
        public String subject() {
            return experiment + " by " + weights;
        }
    }

    /** Nobody new enters it until it goes on. */
    record PauseExperiment(String experiment) implements OfExperiment {
        @Override
        public String name() {
            return "pause-experiment";
        }

        @Override
        public String subject() {
            return experiment;
        }
    }

    /** It ends, for good. */
    record StopExperiment(String experiment) implements OfExperiment {
        @Override
        public String name() {
            return "stop-experiment";
        }

        @Override
        public String subject() {
            return experiment;
        }
    }
}
