namespace Serverless.Banking.Sessions;

/// <summary>The customer signed out, or the bank knows of no such session.</summary>
public sealed record SessionEnded() : Unauthenticated("session_ended");

/// <summary>The same user signed in somewhere else (AUTH-25).</summary>
public sealed record SessionReplaced() : Unauthenticated("session_replaced");

/// <summary>Nothing was done for too long (LIFE-15).</summary>
public sealed record SessionIdle() : Unauthenticated("session_idle");

/// <summary>It lasted as long as any session may (LIFE-15).</summary>
public sealed record SessionExpired() : Unauthenticated("session_expired");

/// <summary>The password was changed meanwhile.</summary>
public sealed record SessionPasswordChanged() : Unauthenticated("session_password_changed");

/// <summary>The device was removed meanwhile.</summary>
public sealed record SessionDeviceRemoved() : Unauthenticated("session_device_removed");

/// <summary>One of its refresh tokens was used twice, so somebody has a copy; all of them are void.</summary>
public sealed record SessionRefreshReused() : Unauthenticated("session_refresh_reused");

/// <summary>The bank ended it.</summary>
public sealed record SessionLocked() : Unauthenticated("session_locked");

/// <summary>Not a refresh token of this bank, or not from the installation that it was given to.</summary>
public sealed record RefreshTokenInvalid() : Unauthenticated("refresh_token_invalid");

/// <summary>The proof by the installation's key is missing, is of another key, token or time.</summary>
public sealed record RefreshProofInvalid() : Unauthenticated("refresh_proof_invalid");
