using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Bills;
using Serverless.Banking.Ledger;
using Serverless.Banking.Partners;
using Serverless.Banking.Quotes;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Bills;

/// <summary>The samples' OSHEE invoice: 000000001 of 1707.40 ALL on TR0.A0000000000000, at a sandbox and a bank of the test's own.</summary>
internal sealed class BillScene : IAsyncDisposable
{
    public const string Arta = "100000001";
    public const string Besa = "100000002";
    public const string Number = "000000001";

    public static readonly ClientAccount Oshee = new(new CompanyId("oshee"), "TR0.A0000000000000");

    private BillScene(TestSandbox sandbox, TestBank bank) => (Sandbox, Bank) = (sandbox, bank);

    public TestSandbox Sandbox { get; }

    public TestBank Bank { get; }

    public static async Task<BillScene> StartAsync(Action<IServiceCollection>? more = null)
    {
        var sandbox = await TestSandbox.StartAsync();
        return new BillScene(sandbox, await TestBank.StartAsync(Services(sandbox, more)));
    }

    /// <summary>Bills, with the sandbox as every company. One try per call, so that a test knows what was sent.</summary>
    public static Action<IServiceCollection> Services(TestSandbox sandbox, Action<IServiceCollection>? more = null) => services =>
    {
        services.AddBills();
        services.Configure<QuotesOptions>(options => options.Key = Convert.ToBase64String(new byte[32]));
        services.Configure<PartnersOptions>(options =>
        {
            new ConfigurationBuilder().AddInMemoryCollection(sandbox.Settings(retries: 0)).Build().GetSection("Partners").Bind(options);
            foreach (var biller in options.Billers.Values)
                biller.TryTimeout = TimeSpan.FromSeconds(20);
        });
        more?.Invoke(services);
    };

    public Task<Result<Payment>> PayAsync(AccountId from, string key, string customer = Arta) => PayAsync(Bank, from, key, customer);

    public static Task<Result<Payment>> PayAsync(TestBank bank, AccountId from, string key, string customer = Arta) =>
        bank.Get<PayInvoice>().RunAsync(Order(from, key, customer), CancellationToken.None);

    public static PaymentOrder Order(AccountId from, string key, string customer = Arta, string amount = "1707.40") => new(
        CustomerId.Of(customer), IdempotencyKey.Of(key), "hash", PaymentOrigin.Customer, Oshee, Number, All(amount), All("0.00"), from, null);

    public static Money All(string amount) => Money.Find(amount, Currency.All)!;

    /// <summary>Everything that can be seen of the invoice and who paid it, one fact a line.</summary>
    public async Task<string> SeeAsync(params AccountId[] accounts)
    {
        await Bank.SettleAsync();
        var claim = await Bank.Get<InvoiceClaims>().FindAsync(Oshee, Number, CancellationToken.None);
        var lines = new List<string> { $"invoice {claim?.State ?? "unclaimed"}" };
        foreach (var account in accounts)
            lines.Add($"balance {await Bank.BalanceAsync(account)}");
        lines.AddRange((await Sandbox.BookedAsync("oshee")).Select(booked => $"company {booked}"));
        lines.Add($"open {await OpenAsync(Bank)}");
        await Bank.ProveAsync();
        return string.Join(Environment.NewLine, lines);
    }

    public static async Task<int> OpenAsync(TestBank bank)
    {
        var open = 0;
        await foreach (var _ in bank.Get<OpenPayments>().ListAsync(NodaTime.Instant.MaxValue, CancellationToken.None))
            open++;
        return open;
    }

    public async ValueTask DisposeAsync()
    {
        await Bank.DisposeAsync();
        await Sandbox.DisposeAsync();
    }
}
