package dev.antiphon.benchmarks.chaos.tools;

import java.util.Locale;

/** What callers ask for that is a tool's. */
enum Question {
    WEATHER("What will the weather be like?", "Forecast "),
    PARKING("How full is the parking lot?", "Parking "),
    NOTE("Please note that I use a wheelchair.", "Noted "),
    BUS("When does the bus leave?", "Bus ");

    private final String words;
    private final String answer;

    Question(String words, String answer) {
        this.words = words;
        this.answer = answer;
    }

    String words() {
        return words;
    }

    /** What a result begins with. */
    String answer() {
        return answer;
    }

    String tool() {
        return name().toLowerCase(Locale.ROOT);
    }
}
