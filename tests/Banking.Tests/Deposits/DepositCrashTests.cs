using Serverless.Banking.CustomerApprovals;
using Serverless.Banking.Customers;
using Serverless.Banking.Deposits;
using Serverless.Banking.Ledger;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Deposits;

public sealed class DepositCrashTests
{
    private const long Opened = 100_000_00;

    /// <summary>2.20 % of 100,000.00 for 365 days, less 15 %.</summary>
    private const long Net = 2_200_00 - 330_00;

    private static readonly CustomerId Arta = DepositScene.Arta;

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
        { Services = DepositScene.AddTo }), 10, 30);

    [Theory, ProvesCrashSafety(typeof(MatureDeposit))]
    [InlineData(null, 0, Opened + Net), InlineData(RenewalType.Principal, Opened, Net)]
    public async Task A_maturity_killed_anywhere_pays_and_renews_once(RenewalType? renewal, long left, long paid) => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<(AccountId From, DepositDue Due)>(
            async bank =>
            {
                var from = await bank.OpenAccountAsync(Arta.Value, "100000.00");
                return (from, DepositScene.Due(await DepositScene.OpenAsync(bank, from, renewal)));
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
            Services = DepositScene.AddTo,
            Heal = (bank, scene) => bank.Get<MatureDeposit>().RunAsync(scene.Due, CancellationToken.None),
        }), 8, 40);

    private static async Task<string> QuoteAsync(TestBank bank, AccountId from, RenewalType? renewal) => (await bank.Get<QuoteDeposit>().RunAsync(
        new DepositWish(Arta, "year", null, Money.OfMinor(Opened, Currency.All), from, renewal is not null, renewal, Language.Albanian), CancellationToken.None)).Value!.Text;

    private static Task<Result<Deposit>> ConfirmAsync(TestBank bank, (AccountId From, string Quote) scene) => bank.Get<ConfirmDeposit>().RunAsync(
        new DepositConfirmation(Arta, IdempotencyKey.Of("one"), "hash", scene.Quote, TermsAccepted: true, "phone"), CancellationToken.None);
}
