using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;
using Serverless.Banking.CustomerApprovals;
using Serverless.Banking.Customers;
using Serverless.Banking.Deposits;
using Serverless.Banking.Documents;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Banking.Partners;
using Serverless.Banking.Quotes;
using Serverless.Banking.Tests.Bills.Automation;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Deposits;

/// <summary>A bank with deposits of 100,000.00 ALL for a year at 2.20 %, from 2 February 2026.</summary>
internal static class DepositScene
{
    public static readonly CustomerId Arta = CustomerId.Of("100000001");

    public static readonly Money Opened = Money.OfMinor(100_000_00, Currency.All);

    public static Task<TestBank> StartAsync() => TestBank.StartInMemoryAsync(AddTo, isProbed: false);

    public static void AddTo(IServiceCollection services)
    {
        services.AddPartners().AddCustomers().AddNotifications().AddCustomerApprovals().AddDeposits();
        WorkMessages.AddTo(services);

        // The crash harness' sweeps take minutes.
        services.Configure<QuotesOptions>(options => (options.Key, options.Lifetime) = (Convert.ToBase64String(new byte[32]), TimeSpan.FromHours(1)));
        services.Configure<DocumentsOptions>(options => options.LinkKeys = [Convert.ToBase64String(new byte[32])]);
        services.Configure<DepositsOptions>(DepositSettings.Fill);
    }

    public static Deposit Of(TestBank bank, AccountId from, RenewalType? renewal)
    {
        var day = new LocalDate(2026, 2, 2);
        return new Deposit(
            new DepositId(Guid.NewGuid()), Arta, "7K3M-Q9XA-2FRT", from, "year", new DepositPeriod(12, null), Opened, renewal, new DepositTerm(1, day, day.PlusMonths(12), Opened, 2.2m, 15),
            DepositState.Active, day, bank.Now, "phone", DepositTerms.Current, Language.Albanian, []);
    }

    /// <summary>As it is when its opening was carried through, long ago.</summary>
    public static async Task<Deposit> OpenAsync(TestBank bank, AccountId from, RenewalType? renewal)
    {
        var it = Of(bank, from, renewal);
        _ = (await bank.Get<DepositTable>().AddAsync(it, IdempotencyKey.Of("one"), "hash", null, CancellationToken.None)).Value;
        await bank.Get<OpenBook>().RunAsync(
            new NewAccountBook(it.Account, Arta, Currency.All, it.ContractNumber, it.ContractNumber, IsMain: false, AccountType.Deposit), CancellationToken.None);
        _ = (await bank.Get<PostJournal>().RunAsync(DepositJournals.Open(it), CancellationToken.None)).Value!;
        await bank.SettleAsync();
        return it;
    }

    public static DepositDue Due(Deposit it) => new(LocalDatePattern.Iso.Format(it.Term.Matures), Arta.Value, it.Id.Value, LocalDatePattern.Iso.Format(it.Term.Matures));
}
