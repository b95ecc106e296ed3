/** Tests of the transport and of {@code ModelConnection} against a server on the loopback interface. */
@NullMarked
package dev.antiphon.connection;

import org.jspecify.annotations.NullMarked;
