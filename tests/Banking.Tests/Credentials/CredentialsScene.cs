using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Serverless.Banking.Approvals;
using Serverless.Banking.Credentials;
using Serverless.Banking.Customers;
using Serverless.Banking.Devices;
using Serverless.Banking.Keys;
using Serverless.Banking.Messages;
using Serverless.Banking.Notifications;
using Serverless.Banking.Partners;
using Serverless.Banking.Registrations;
using Serverless.Banking.Sessions;
using Serverless.Banking.Tests.Bills.Automation;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Credentials;

/// <summary>Credentials on tables, with hashes at the lowest cost, and counted.</summary>
internal static class CredentialsScene
{
    public const string Password = "Vera2026x";

    public static readonly CustomerId Arta = CustomerId.Of("100000001");

    private const string Key = "b25seS1mb3ItdGhpcy1tYWNoaW5lLW5vdC1zZWNyZXQ=";

    private static readonly string SigningKey = P256Key.New().ToPrivateJwk();

    public static void AddTo(IServiceCollection services)
    {
        WorkMessages.AddTo(services);
        services.AddPartners().AddCustomers().AddNotifications().AddSessions().AddDevices().AddApprovals().AddCredentials().AddRegistrations();
        services.Configure<CredentialsOptions>(options => (options.Key, options.HashIterations, options.HashesAtOnce) = (Key, 1000, 4));
        services.Configure<NotificationsOptions>(options => options.Key = Key);
        services.Configure<SessionsOptions>(options => (options.RefreshKey, options.SigningKey, options.IdleMinutes) = (Key, SigningKey, 60));
        services.Configure<DevicesOptions>(options => options.Key = Key);
        services.Replace(ServiceDescriptor.Singleton<IPasswordWork>(provider => new CountedWork(new PasswordWork(provider.GetRequiredService<IOptions<CredentialsOptions>>()))));
        services.Replace(ServiceDescriptor.Singleton<IBankCards, NoCards>());
    }

    public static CountedWork Work(this TestBank bank) => (CountedWork)bank.Get<IPasswordWork>();

    public static Task SaveContactAsync(this TestBank bank, CustomerId customer, string? person = null) => bank.Get<SaveContactDetails>().RunAsync(
        new ContactDetails(customer, "Arta Hoxha", Language.English, null, null, $"+3556{customer.Value[1..]}", person), CancellationToken.None);

    /// <summary>Contact details and a user with this password.</summary>
    public static async Task AddUserAsync(this TestBank bank, CustomerId customer, string password = Password)
    {
        await bank.SaveContactAsync(customer);
        var hash = await bank.Get<IPasswordWork>().HashAsync(password, CancellationToken.None);
        Assert.True(await bank.Get<UserTable>().TryWriteAsync(
            new UserRow(customer, hash.Value!, [], bank.Now, bank.Now, true, null, "scene", null, default), [], CancellationToken.None));
    }

    /// <summary>The secret of the newest notice; also of one that a restarted bank has sent.</summary>
    public static async Task<string> CodeAsync(this TestBank bank)
    {
        var due = bank.Get<WorkMessages>().Take<NoticeDue>(WorkQueues.Notices)[^1];
        return (await bank.Get<NoticeTable>().FindAsync(NoticeId.Parse(due.NoticeId), CancellationToken.None))!.Notice.SecretWords["code"];
    }

    public static string Other(string code) => code == "000000" ? "000001" : "000000";

    private sealed class NoCards : IBankCards
    {
        public Task<Result<JsonWebKey[]>> PinKeysAsync(CancellationToken cancellation) => Task.FromResult<Result<JsonWebKey[]>>(new CardProcessorUnavailable());

        public Task<Result<BankCard[]>> ListAsync(CustomerId customer, CancellationToken cancellation) => Task.FromResult<Result<BankCard[]>>(Array.Empty<BankCard>());

        public Task<Result<PinCheck>> CheckPinAsync(string cardId, string pinBlock, CancellationToken cancellation) =>
            Task.FromResult<Result<PinCheck>>(new CardProcessorUnavailable());
    }
}

/// <summary>How many hashes were computed: what an attacker could time.</summary>
internal sealed class CountedWork(IPasswordWork work) : IPasswordWork
{
    private int computations;

    public int Computations => computations;

    public Task<Result<string>> HashAsync(string password, CancellationToken cancellation)
    {
        Interlocked.Increment(ref computations);
        return work.HashAsync(password, cancellation);
    }

    public Task<Result<PasswordMatch>> CompareAsync(string? hash, string password, CancellationToken cancellation)
    {
        Interlocked.Increment(ref computations);
        return work.CompareAsync(hash, password, cancellation);
    }
}
