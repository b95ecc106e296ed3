@NullMarked
package dev.antiphon.server.gateway;

import org.jspecify.annotations.NullMarked;
