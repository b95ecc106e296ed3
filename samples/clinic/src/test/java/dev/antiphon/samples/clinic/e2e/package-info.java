/** The clinic bot as its callers meet it: over the gateway, with official clients and in a browser. */
@NullMarked
package dev.antiphon.samples.clinic.e2e;

import org.jspecify.annotations.NullMarked;
