/** Operations of HTTP APIs as tools, from their OpenAPI documents. */
@NullMarked
package dev.antiphon.tool.openapi;

import org.jspecify.annotations.NullMarked;
