/** What the emulator says instead of a model: reads tools and their schemas, fills them from what the caller said. A simulation, and labelled so. */
@NullMarked
package dev.antiphon.testkit.brain;

import org.jspecify.annotations.NullMarked;
