@NullMarked
package dev.antiphon.server.ops;

import org.jspecify.annotations.NullMarked;
