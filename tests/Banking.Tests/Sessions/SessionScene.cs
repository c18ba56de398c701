using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Audit;
using Serverless.Banking.Devices;
using Serverless.Banking.Keys;
using Serverless.Banking.Sessions;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Sessions;

/// <summary>Sessions at browsers, which prove nothing besides their tokens.</summary>
internal static class SessionScene
{
    public static readonly CustomerId Arta = CustomerId.Of("100000001");

    private static readonly string SigningKey = P256Key.New().ToPrivateJwk();

    /// <summary>A lost answer is given again for longer than the sweeps of a crash test take.</summary>
    public static void AddTo(IServiceCollection services)
    {
        services.AddSessions();
        services.Configure<SessionsOptions>(options =>
            (options.SigningKey, options.RefreshKey, options.IdleMinutes, options.RetrySeconds) = (SigningKey, Convert.ToBase64String(new byte[32]), 60, 3600));
    }

    public static InstallationId Browser(int number) => InstallationId.Of($"browser-000000000{number}");

    public static async Task<SessionTokens> OpenAsync(this TestBank bank, int browser = 1) => (await bank.Get<OpenSession>().RunAsync(
        new SessionStart(Arta, null, SessionChannel.Web, Browser(browser), null, DeviceTrusted: false, SessionScope.Full, ["pwd", "otp"], MayPay: true, $"login {browser}"),
        CancellationToken.None)).Value!;

    public static Task<Result<SessionTokens>> RefreshAsync(this TestBank bank, string token, string key, int browser = 1) =>
        bank.Get<RefreshSession>().RunAsync(new RefreshRequest(token, Browser(browser), null, IdempotencyKey.Of(key)), CancellationToken.None);

    /// <summary>Why each session is over, oldest first; "open" while it is not.</summary>
    public static async Task<string> EndingsAsync(this TestBank bank) => string.Join(
        ' ',
        (await bank.Get<SessionTable>().ReadAsync(Arta, CancellationToken.None)).Sessions.Select(row => row.ToSession())
            .OrderBy(session => session.Installation.Value, StringComparer.Ordinal).Select(session => session.Ending?.ToString() ?? "open"));

    public static async Task<int> CountReusesAsync(this TestBank bank)
    {
        var day = bank.Now.InUtc().Date;
        return (await bank.Get<ListAudit>().RunAsync(new AuditFilter(day.PlusDays(-1), day.PlusDays(1), Action: "session_ended"), PageRequest.First, CancellationToken.None)).Items.Count;
    }
}
