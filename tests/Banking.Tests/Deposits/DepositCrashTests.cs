using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Accounts;
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

public sealed class DepositCrashTests
{
    private const long Opened = 100_000_00;

    /// <summary>2.20 % of 100,000.00 for 365 days, less 15 %.</summary>
    private const long Net = 2_200_00 - 330_00;

    private static readonly CustomerId Arta = CustomerId.Of("100000001");

    [Fact, ProvesCrashSafety(typeof(ConfirmDeposit))]
    public async Task An_opening_killed_anywhere_has_debited_the_account_and_opened_the_deposit_or_neither() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<(AccountId From, string Quote)>(
            async bank =>
            {
                var from = await bank.OpenAccountAsync(Arta.Value, "150000.00");
                return (from, await QuoteAsync(bank, from, null));
            },
            ConfirmAsync,
            async (bank, scene) =>
            {
                var deposits = await bank.Get<FindDeposits>().ListAsync(Arta, CancellationToken.None);
                var approvals = await bank.Get<ListApprovals>().RunAsync(Arta, null, null, new PageRequest(10, null), CancellationToken.None);
                return ((await bank.BalanceAsync(scene.From)).Minor, deposits.Count, deposits.Count == 0 ? 0 : (await bank.BalanceAsync(deposits[0].Account)).Minor, approvals.Items.Count) switch
                {
                    (150_000_00, 0, 0, 0) => 0,
                    (50_000_00, 1, Opened, 1) => 1,
                    _ => -1,
                };
            })
        { Services = Services }), 10, 30);

    [Theory, ProvesCrashSafety(typeof(MatureDeposit))]
    [InlineData(null, 0, Opened + Net), InlineData(RenewalType.Principal, Opened, Net)]
    public async Task A_maturity_killed_anywhere_pays_and_renews_once(RenewalType? renewal, long left, long paid) => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<(AccountId From, DepositDue Due)>(
            async bank =>
            {
                var from = await bank.OpenAccountAsync(Arta.Value, "100000.00");
                var it = await OpenAsync(bank, from, renewal);
                return (from, new DepositDue("2027-02-02", Arta.Value, it.Id.Value, "2027-02-02"));
            },
            (bank, scene) => bank.Get<MatureDeposit>().RunAsync(scene.Due, CancellationToken.None),
            async (bank, scene) =>
            {
                var it = (await bank.Get<FindDeposits>().RunAsync(Arta, new DepositId(scene.Due.Deposit), CancellationToken.None)).Value!;
                return ((await bank.BalanceAsync(scene.From)).Minor, (await bank.BalanceAsync(it.Account)).Minor, it.State, it.Term.Number, it.Unpaid.Count) switch
                {
                    (0, Opened, DepositState.Active, 1, 0) => 0,
                    var seen when seen == (paid, left, renewal is null ? DepositState.Closed : DepositState.Active, renewal is null ? 1 : 2, 0) => 1,
                    _ => -1,
                };
            })
        {
            Services = Services,
            Heal = (bank, scene) => bank.Get<MatureDeposit>().RunAsync(scene.Due, CancellationToken.None),
        }), 8, 40);

    /// <summary>As it is when its opening was carried through, long ago.</summary>
    private static async Task<Deposit> OpenAsync(TestBank bank, AccountId from, RenewalType? renewal)
    {
        var (amount, day) = (Money.OfMinor(Opened, Currency.All), new LocalDate(2026, 2, 2));
        var it = new Deposit(
            new DepositId(Guid.NewGuid()), Arta, "7K3M-Q9XA-2FRT", from, "year", new DepositPeriod(12, null), amount, renewal, new DepositTerm(1, day, day.PlusMonths(12), amount, 2.2m, 15),
            DepositState.Active, day, bank.Now, "phone", DepositTerms.Current, Language.Albanian, []);
        _ = (await bank.Get<DepositTable>().AddAsync(it, IdempotencyKey.Of("one"), "hash", null, CancellationToken.None)).Value;
        await bank.Get<OpenBook>().RunAsync(
            new NewAccountBook(it.Account, Arta, Currency.All, it.ContractNumber, it.ContractNumber, IsMain: false, AccountType.Deposit), CancellationToken.None);
        _ = (await bank.Get<PostJournal>().RunAsync(DepositJournals.Open(it), CancellationToken.None)).Value!;
        return it;
    }

    private static async Task<string> QuoteAsync(TestBank bank, AccountId from, RenewalType? renewal) => (await bank.Get<QuoteDeposit>().RunAsync(
        new DepositWish(Arta, "year", null, Money.OfMinor(Opened, Currency.All), from, renewal is not null, renewal, Language.Albanian), CancellationToken.None)).Value!.Text;

    private static Task<Result<Deposit>> ConfirmAsync(TestBank bank, (AccountId From, string Quote) scene) => bank.Get<ConfirmDeposit>().RunAsync(
        new DepositConfirmation(Arta, IdempotencyKey.Of("one"), "hash", scene.Quote, TermsAccepted: true, "phone"), CancellationToken.None);

    private static void Services(IServiceCollection services)
    {
        services.AddPartners().AddCustomers().AddNotifications().AddCustomerApprovals().AddDeposits();
        WorkMessages.AddTo(services);

        // The harness's sweeps take minutes.
        services.Configure<QuotesOptions>(options => (options.Key, options.Lifetime) = (Convert.ToBase64String(new byte[32]), TimeSpan.FromHours(1)));
        services.Configure<DocumentsOptions>(options => options.LinkKeys = [Convert.ToBase64String(new byte[32])]);
        services.Configure<DepositsOptions>(DepositSettings.Fill);
    }
}
