/** Tools from servers of the Model Context Protocol. Nothing outside of this package knows that protocol's library. */
@NullMarked
package dev.antiphon.tool.mcp;

import org.jspecify.annotations.NullMarked;
