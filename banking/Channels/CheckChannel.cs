using Serverless.Banking.Sessions;

namespace Serverless.Banking.Channels;

/// <summary>Says beforehand whether a sign-in, a Soft PIN or a recovery in a channel may go on (LIFE-04, LIFE-08). <see cref="OpenSession"/> says so again.</summary>
public sealed class CheckChannel
{
    private readonly SessionTable table;

    internal CheckChannel(SessionTable table) => this.table = table;

    /// <param name="methods">What proves the sign-in (RFC 8176); without <c>pwd</c> it is not the first one after a reactivation.</param>
    /// <returns>Nothing; or, first match: <see cref="ChannelBlocked"/>, <see cref="ChannelNotVerified"/>, <see cref="PasswordSignInRequired"/>. One storage call in the app, none elsewhere.</returns>
    public async Task<Result<Nothing>> RunAsync(CustomerId customer, SessionChannel channel, IReadOnlyList<string> methods, CancellationToken cancellation) =>
        channel == SessionChannel.App && (await table.ChannelAsync(customer, cancellation)).Refuse(channel, methods) is { } refusal ? refusal : default(Nothing);
}
