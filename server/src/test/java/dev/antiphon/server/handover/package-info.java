@NullMarked
package dev.antiphon.server.handover;

import org.jspecify.annotations.NullMarked;
