using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Deposits;
using Serverless.Banking.Ledger;
using Serverless.Banking.Messages;
using Serverless.Banking.Tests.Bills.Automation;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Deposits;

/// <summary>Maturities that seldom come: side by side, of a currency given up, of an order that never moved money.</summary>
public sealed class MaturityTests
{
    private static readonly LocalDate Matures = new(2027, 2, 2);

    [Fact]
    public async Task A_maturity_handed_out_many_times_at_once_happens_once()
    {
        await using var bank = await DepositScene.StartAsync();
        var from = await bank.OpenAccountAsync(DepositScene.Arta.Value, "100000.00");
        var it = await DepositScene.OpenAsync(bank, from, RenewalType.Principal);
        Assert.Equal(1, await bank.Get<MatureDueDeposits>().RunAsync(Matures, CancellationToken.None));
        var due = Assert.Single(bank.Get<WorkMessages>().Take<DepositDue>(WorkQueues.DepositMaturities));

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => bank.Get<MatureDeposit>().RunAsync(due, CancellationToken.None)));

        var now = (await bank.Get<FindDeposits>().RunAsync(DepositScene.Arta, it.Id, CancellationToken.None)).Value!;
        Assert.Equal((2, 0, "1870.00", "100000.00"), (now.Term.Number, now.Unpaid.Count, (await bank.BalanceAsync(from)).ToDecimalString(), (await bank.BalanceAsync(it.Account)).ToDecimalString()));
        Assert.Equal(0, await bank.Get<MatureDueDeposits>().RunAsync(Matures.PlusDays(1), CancellationToken.None));
        await bank.ProveAsync();
    }

    /// <summary>A Sunday hands nothing out, and the next working day does.</summary>
    [Fact]
    public async Task Nothing_is_handed_out_on_a_day_that_is_none_for_banks()
    {
        await using var bank = await DepositScene.StartAsync();
        await DepositScene.OpenAsync(bank, await bank.OpenAccountAsync(DepositScene.Arta.Value, "100000.00"), null);

        var due = bank.Get<MatureDueDeposits>();
        Assert.Equal(
            (0, 0, 1),
            (await due.RunAsync(Matures.PlusDays(-1), CancellationToken.None), await due.RunAsync(new LocalDate(2027, 2, 7), CancellationToken.None),
                await due.RunAsync(new LocalDate(2027, 2, 8), CancellationToken.None)));
    }

    [Fact]
    public async Task A_deposit_that_the_bank_would_not_take_any_more_is_paid_out_instead_of_renewed()
    {
        await using var bank = await DepositScene.StartAsync();
        var from = await bank.OpenAccountAsync(DepositScene.Arta.Value, "100000.00");
        var it = await DepositScene.OpenAsync(bank, from, RenewalType.PrincipalAndInterest);
        bank.Get<IOptionsMonitor<DepositsOptions>>().CurrentValue.Currencies.Clear();

        await bank.Get<MatureDeposit>().RunAsync(DepositScene.Due(it), CancellationToken.None);

        Assert.Equal("101870.00", (await bank.BalanceAsync(from)).ToDecimalString());
        Assert.Equal(DepositState.Closed, (await bank.Get<FindDeposits>().RunAsync(DepositScene.Arta, it.Id, CancellationToken.None)).Value!.State);
        Assert.Equal(AccountStatus.Closed, (await bank.Get<ReadBook>().RunAsync(it.Account, CancellationToken.None))!.Status);
    }

    [Fact]
    public async Task An_order_that_moved_no_money_is_forgotten_and_never_moves_any()
    {
        await using var bank = await DepositScene.StartAsync();
        var from = await bank.OpenAccountAsync(DepositScene.Arta.Value, "100000.00");
        var it = DepositScene.Of(bank, from, null) with { State = DepositState.Opening };
        _ = (await bank.Get<DepositTable>().AddAsync(it, IdempotencyKey.Of("one"), "hash", null, CancellationToken.None)).Value;

        await bank.Get<MatureDeposit>().RunAsync(DepositScene.Due(it), CancellationToken.None);

        Assert.Null(await bank.Get<DepositTable>().FindAsync(DepositScene.Arta, it.Id, CancellationToken.None));
        Assert.IsType<TransactionVoided>((await bank.Get<PostJournal>().RunAsync(DepositJournals.Open(it), CancellationToken.None)).Error);
        Assert.Equal("100000.00", (await bank.BalanceAsync(from)).ToDecimalString());
    }
}
