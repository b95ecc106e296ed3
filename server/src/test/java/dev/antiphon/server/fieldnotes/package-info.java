@NullMarked
package dev.antiphon.server.fieldnotes;

import org.jspecify.annotations.NullMarked;
