using System.Globalization;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Banking.Audit;
using Serverless.Banking.Customers;
using Serverless.Banking.Devices;
using Serverless.Banking.EKlik;
using Serverless.Banking.Keys;
using Serverless.Banking.Messages;
using Serverless.Banking.Notifications;
using Serverless.Banking.Outbox;
using Serverless.Banking.Partners;
using Serverless.Banking.Sessions;
using Serverless.Banking.Storage;
using Serverless.Banking.Tests.Bills.Automation;
using Serverless.Banking.Tests.Credentials;
using Serverless.Testing;

namespace Serverless.Banking.Tests.EKlik;

/// <summary>Users of eKlik on tables, with a clock that stands still.</summary>
internal static class EKlikScene
{
    public const string Password = "Dielli-2027", Other = "Hena!2028", Pin = "274951", Serial = "NLB-000001", Person = "J50101001K";

    public static readonly CustomerId Arta = CustomerId.Of("100000001");
    public static readonly UserName Name = UserName.Find("arta")!.Value;
    public static readonly UserName Nobody = UserName.Find("nobody")!.Value;
    public static readonly AuditActor Teller = AuditActor.Staff("teller-1");
    public static readonly byte[] HardwareSecret = [.. Enumerable.Range(1, 20).Select(i => (byte)i)];

    public static readonly Installation Browser = new(InstallationId.Of("browser-0000000001"), "Firefox", InstallationType.Web, null);

    private static int keys;

    public static void AddTo(IServiceCollection services)
    {
        CredentialsScene.AddTo(services);
        services.AddEKlik();
        services.Configure<EKlikOptions>(options =>
        {
            (options.Key, options.ResetPage) = ("b25seS1mb3ItdGhpcy1tYWNoaW5lLW5vdC1zZWNyZXQ=", new Uri("https://eklik.example/reset"));
            options.LocalOperators.Add("+3556");
        });
        services.Replace(ServiceDescriptor.Singleton<IBankCards, OneCard>());
    }

    public static IdempotencyKey NewKey() => IdempotencyKey.Find($"key-{Interlocked.Increment(ref keys).ToString("D8", CultureInfo.InvariantCulture)}")!.Value;

    public static Task SaveClientAsync(this TestBank bank) => bank.Get<SaveContactDetails>().RunAsync(
        new ContactDetails(Arta, "Arta Hoxha", Language.English, null, "arta@example.com", "+355690000001", Person), CancellationToken.None);

    /// <returns>The code, handed over at the branch.</returns>
    public static async Task<string> CreateAsync(this TestBank bank, EKlikKind kind = EKlikKind.Payment, string key = "order") =>
        (await bank.Get<CreateEKlikUser>().RunAsync(new EKlikAgreement(key, Arta, Name, kind, CodeDelivery.Branch), Teller, CancellationToken.None)).Value!.Code!;

    /// <summary>A user with a password.</summary>
    public static async Task AddUserAsync(this TestBank bank, EKlikKind kind = EKlikKind.Payment)
    {
        await bank.SaveClientAsync();
        var token = (await bank.Get<ActivateEKlikUser>().RunAsync(Name, await bank.CreateAsync(kind), NewKey(), CancellationToken.None)).Value!.Token;
        Assert.True((await bank.ChooseAsync(token)).IsSuccess);
    }

    public static Task<Result<EKlikSignedIn>> ChooseAsync(this TestBank bank, string token, IdempotencyKey? key = null, string password = Password) =>
        bank.Get<CreateEKlikPassword>().RunAsync(new EKlikPasswordChoice(key ?? NewKey(), Name, token, password, "/password", Browser), CancellationToken.None);

    public static Task<Result<EKlikSignedIn>> SignInAsync(this TestBank bank, string password = Password, string? otp = null, UserName? name = null) =>
        bank.Get<SignInToEKlik>().RunAsync(new EKlikSignIn(name ?? Name, password, otp, Browser), CancellationToken.None);

    /// <returns>What the user's mToken computes with.</returns>
    public static async Task<byte[]> AddMTokenAsync(this TestBank bank)
    {
        var codes = (await bank.IssueMTokenAsync()).Value!;
        var activated = await bank.Get<ActivateMToken>().RunAsync(new MTokenActivation(NewKey(), Name, codes.RegistrationCode, codes.ActivationCode, Pin), "/pin", CancellationToken.None);
        return TokenOtps.WithPin(activated.Value!.Secret, Pin);
    }

    public static Task<Result<MTokenCodes>> IssueMTokenAsync(this TestBank bank, string key = "mtoken") =>
        bank.Get<IssueMTokenCodes>().RunAsync(new MTokenOrder(key, Name, "TIA-01", true), Teller, CancellationToken.None);

    public static async Task AddHardwareTokenAsync(this TestBank bank)
    {
        Assert.True((await bank.Get<RegisterHardwareToken>().RunAsync(new HardwareTokenSeed(Serial, OtpAlgorithm.Sha1, HardwareSecret), Teller, CancellationToken.None)).Value);
        Assert.True((await bank.Get<AssignHardwareToken>().RunAsync(Name, Serial, true, Teller, CancellationToken.None)).IsSuccess);
    }

    public static Task<Result<EKlikUser>> SynchroniseAsync(this TestBank bank, string key, int secondsAstray) => bank.Get<SynchroniseHardwareToken>().RunAsync(
        new TokenSynchronisation(key, Serial, Shown(bank, secondsAstray), Shown(bank, secondsAstray + 30)), Teller, CancellationToken.None);

    public static string Shown(TestBank bank, int seconds) => EKlikClients.Otp(HardwareSecret, bank.Clock.GetUtcNow().AddSeconds(seconds), OtpAlgorithm.Sha1);

    public static async Task<EKlikRow> RowAsync(this TestBank bank) => (await bank.Get<EKlikTable>().FindAsync(Name, CancellationToken.None))!;

    /// <returns>The link of a reset that was asked for.</returns>
    public static async Task<string> AskAsync(this TestBank bank)
    {
        await bank.RequestAsync();
        var message = bank.Get<WorkMessages>().Take<PasswordResetAsked>(WorkQueues.EKlikResets)[^1];
        Assert.Equal(1, await bank.Get<SendResetLink>().RunAsync(message, CancellationToken.None));
        return await bank.LinkAsync();
    }

    public static Task<Result<Nothing>> RequestAsync(this TestBank bank, string email = "ARTA@example.com") => bank.Get<RequestPasswordReset>().RunAsync(
        new PasswordResetFields("arta", "hoxha", PersonalNumber.Find(Person)!.Value, email, "0001", "2029-12"), CancellationToken.None);

    public static async Task<string> LinkAsync(this TestBank bank)
    {
        foreach (var due in bank.Get<WorkMessages>().Take<NoticeDue>(WorkQueues.Notices).Reverse())
        {
            var stored = await bank.Get<NoticeTable>().FindAsync(NoticeId.Parse(due.NoticeId), CancellationToken.None);
            if (stored!.Notice.SecretWords.TryGetValue("link", out var link))
                return link[(link.IndexOf('#', StringComparison.Ordinal) + 1)..];
        }

        throw new InvalidOperationException("No link was sent.");
    }

    public static async Task<string> OpenedLinkAsync(this TestBank bank)
    {
        var link = await bank.AskAsync();
        Assert.True((await bank.Get<OpenResetLink>().RunAsync(link, CancellationToken.None)).IsSuccess);
        return link;
    }

    /// <summary>The users' sessions that are good.</summary>
    public static async Task<int> SessionsAsync(this TestBank bank)
    {
        var (_, sessions) = await bank.Get<SessionTable>().ReadAsync(Arta, CancellationToken.None);
        return sessions.Count(session => bank.Get<SessionRules>().EndingOf(session.ToSession(), bank.Now) is null);
    }

    /// <summary>Why the customer's first session ended; null: it has not.</summary>
    public static async Task<SessionEnding?> EndingAsync(this TestBank bank)
    {
        var (_, sessions) = await bank.Get<SessionTable>().ReadAsync(Arta, CancellationToken.None);
        return sessions.Select(session => session.ToSession()).MinBy(session => session.OpenedAt)!.Ending;
    }

    public static Task SweepOutboxAsync(this TestBank bank) => bank.Get<SweepOutbox>().RunAsync(CancellationToken.None);

    /// <summary>What followed: notices of the kind, records of the action, and what of the outbox is left.</summary>
    public static async Task<(int Told, int Recorded, int Left)> FollowedAsync(this TestBank bank, NoticeKind kind, string action)
    {
        var day = bank.Now.InUtc().Date;
        var recorded = await bank.Get<ListAudit>().RunAsync(new AuditFilter(day.PlusDays(-1), day.PlusDays(1), Action: action), PageRequest.First, CancellationToken.None);
        return (
            await CountAsync(NoticeKeys.Table, row => row.GetString("Kind") == kind.ToString()), recorded.Items.Count,
            await CountAsync(OutboxTable.Name, _ => true) + await CountAsync(EKlikTable.Name, row => row.RowKey.StartsWith("outbox|", StringComparison.Ordinal)));

        async Task<int> CountAsync(string table, Func<TableEntity, bool> counts)
        {
            var count = 0;
            await foreach (var row in bank.Get<BankTables>().Open(table).QueryAsync<TableEntity>(""))
                count += counts(row) ? 1 : 0;
            return count;
        }
    }

    private sealed class OneCard : IBankCards
    {
        public Task<Result<JsonWebKey[]>> PinKeysAsync(CancellationToken cancellation) => Task.FromResult<Result<JsonWebKey[]>>(new CardProcessorUnavailable());

        public Task<Result<BankCard[]>> ListAsync(CustomerId customer, CancellationToken cancellation) =>
            Task.FromResult<Result<BankCard[]>>(new[] { new BankCard("card", CardKind.Standard, "110001", true, "2029-12") });

        public Task<Result<PinCheck>> CheckPinAsync(string cardId, string pinBlock, CancellationToken cancellation) => Task.FromResult<Result<PinCheck>>(new CardProcessorUnavailable());
    }
}
