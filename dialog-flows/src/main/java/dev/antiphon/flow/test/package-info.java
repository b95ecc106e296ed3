/** Tests of flows in sentences, without model, network or clock. */
@NullMarked
package dev.antiphon.flow.test;

import org.jspecify.annotations.NullMarked;
