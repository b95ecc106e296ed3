package dev.antiphon.tool.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LastWordsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Error: Cannot find module '/desk.js'~    at load (node:internal:1) {~  code: 'MODULE_NOT_FOUND',~  stack: []~}~~Node.js v22.1.0 | Error: Cannot find module '/desk.js'
            Exception in thread "main" java.lang.IllegalStateException: outer~	at Desk.main(Desk.java:1)~Caused by: no key~	at Desk.key(Desk.java:9)~	... 1 more | Caused by: no key
            Traceback (most recent call last):~  File "desk.py", line 1, in <module>~    open()~KeyError: 'DESK_KEY' | KeyError: 'DESK_KEY'
            cannot open the desk | cannot open the desk
            	... | ...
            ~ | ``
            """)
    void theLineThatSaysWhyIsTold(String output, String words) {
        LastWords last = new LastWords();
        for (String line : output.split("~")) {
            last.heard(line);
        }
        assertThat(last.told()).isEqualTo(words);
    }
}
