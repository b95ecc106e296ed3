/** Calls as JUnit tests. Needs JUnit 5 or newer on the test's class path. */
@NullMarked
package dev.antiphon.testkit.junit;

import org.jspecify.annotations.NullMarked;
