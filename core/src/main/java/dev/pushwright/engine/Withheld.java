// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.engine;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Nothing is sent, and why. A withheld push counts for no cap. Immutable. */
public final class Withheld implements PushDecision {

  /** The kind of reason. */
  public enum Cause {
    /** The user did not agree to pushes. */
    NO_CONSENT,
    /** It is night where the user is: deferred, see {@link Withheld#retryAt()}. */
    QUIET_HOURS,
    /** The user had enough pushes today or this week. */
    FREQUENCY_CAP,
    /** Too few items are left to write about. */
    TOO_FEW_ITEMS,
    /** Nothing is known of this user, and the policy wants no general push. */
    NOT_PERSONAL,
    /** No text passed the checks. */
    NO_TEXT
  }

  private final String userId;
  private final Cause cause;
  private final String reason;
  private final @Nullable Instant retryAt;

  Withheld(String userId, Cause cause, String reason, @Nullable Instant retryAt) {
    this.userId = Objects.requireNonNull(userId, "userId");
    this.cause = Objects.requireNonNull(cause, "cause");
    this.reason = Objects.requireNonNull(reason, "reason");
    this.retryAt = retryAt;
  }

  @Override
  public String userId() {
    return userId;
  }

  /**
   * The kind of reason.
   *
   * @return the cause
   */
  public Cause cause() {
    return cause;
  }

  /**
   * The reason in words.
   *
   * @return a sentence that names the values it rests on
   */
  public String reason() {
    return reason;
  }

  /**
   * When the same push could be sent.
   *
   * @return the first instant at which this cause no longer holds, or empty when time alone does
   *     not help
   */
  public Optional<Instant> retryAt() {
    return Optional.ofNullable(retryAt);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Withheld other
        && userId.equals(other.userId)
        && cause == other.cause
        && reason.equals(other.reason)
        && Objects.equals(retryAt, other.retryAt);
  }

  @Override
  public int hashCode() {
    return Objects.hash(userId, cause, reason, retryAt);
  }

  @Override
  public String toString() {
    return "Withheld " + userId + " " + cause + ": " + reason;
  }
}
