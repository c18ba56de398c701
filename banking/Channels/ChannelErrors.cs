namespace Serverless.Banking.Channels;

/// <summary>The mobile channel is blocked: only customer service and the branch can help (LIFE-04).</summary>
public sealed record ChannelBlocked() : Forbidden("channel_blocked");

/// <summary>Staff reactivated the channel, and the sign-in to the Internet Branch is still missing (LIFE-08).</summary>
public sealed record ChannelNotVerified() : Forbidden("channel_not_verified");

/// <summary>After a reactivation the first sign-in is by number and password (LIFE-08).</summary>
public sealed record PasswordSignInRequired() : Forbidden("password_sign_in_required");

/// <summary>Only a blocked channel can be reactivated (LIFE-06).</summary>
public sealed record ChannelNotBlocked() : Conflict("channel_not_blocked");
