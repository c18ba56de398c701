using Azure.Data.Tables;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;
using Serverless.Testing;
using static Serverless.Banking.Tests.Ledger.Journals;

namespace Serverless.Banking.Tests.Ledger;

/// <summary>
/// Whatever is done to the books in whatever order, by two processes that are killed and started again, a model in memory has the same
/// balances, holds and entries and gives the same answers.
/// </summary>
public sealed class ModelTests
{
    private const int Accounts = 4;
    private const int Holds = 3;

    [Fact]
    public void Any_sequence_of_commands_gives_the_books_of_the_model() => Check(maxTest: 400, longest: 40, () => TestBank.StartInMemoryAsync());

    [Fact]
    public void Any_sequence_of_commands_on_real_storage_gives_the_books_of_the_model() => Check(maxTest: 4, longest: 20, () => TestBank.StartAsync());

    /// <summary>A failure is shrunk to the fewest commands that still fail, and printed with the seed that makes it again.</summary>
    private static void Check(int maxTest, int longest, Func<Task<TestBank>> start)
    {
        var commands = Arb.From(CommandGen().NonEmptyListOf().Select(list => list.Take(longest).ToArray()), Shrink);
        FsCheck.Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(maxTest).WithEndSize(longest),
            Prop.ForAll(commands, sequence => RunAsync(sequence, start).GetAwaiter().GetResult()));
    }

    /// <summary>Halves, then one command less, then a command without its kill.</summary>
    private static IEnumerable<Command[]> Shrink(Command[] sequence)
    {
        if (sequence.Length > 3)
        {
            yield return sequence[..(sequence.Length / 2)];
            yield return sequence[(sequence.Length / 2)..];
        }

        for (var i = 0; i < sequence.Length && sequence.Length > 1; i++)
        {
            yield return [.. sequence[..i], .. sequence[(i + 1)..]];
        }

        for (var i = 0; i < sequence.Length; i++)
        {
            if (sequence[i].KillAt > 0)
            {
                yield return [.. sequence[..i], sequence[i] with { KillAt = 0 }, .. sequence[(i + 1)..]];
            }
        }
    }

    /// <summary>Few keys, so that repeats and reused keys are common.</summary>
    private static Gen<Command> CommandGen()
    {
        var verbs = Gen.Frequency(
            (6, Gen.Constant(Verb.Deposit)), (3, Gen.Constant(Verb.Bill)), (3, Gen.Constant(Verb.Transfer)), (3, Gen.Constant(Verb.TransferWithFee)),
            (2, Gen.Constant(Verb.Exchange)), (4, Gen.Constant(Verb.Capture)), (5, Gen.Constant(Verb.Place)), (2, Gen.Constant(Verb.Release)),
            (1, Gen.Constant(Verb.Expire)), (1, Gen.Constant(Verb.Void)), (3, Gen.Constant(Verb.Reverse)), (2, Gen.Constant(Verb.Status)),
            (1, Gen.Constant(Verb.Overdraft)), (1, Gen.Constant(Verb.Minimum)), (1, Gen.Constant(Verb.Restart)), (1, Gen.Constant(Verb.LoseAnswers)));
        var kills = Gen.Frequency((3, Gen.Constant(0)), (2, Gen.Choose(1, 8)));
        return
            from verb in verbs
            from account in Gen.Choose(0, Accounts - 1)
            from other in Gen.Choose(0, Accounts - 1)
            from amount in Gen.Choose(1, 60)
            from key in Gen.Choose(0, verb is Verb.Place or Verb.Release ? Holds - 1 : 7)
            from hold in Gen.Choose(0, Holds - 1)
            from process in Gen.Choose(0, 1)
            from kill in kills
            from after in Gen.Choose(0, 1)
            from sweep in Gen.Choose(0, 1)
            select new Command(verb, account, other, amount * 100L, key, hold, process, kill, after == 1, sweep == 1);
    }

    private static async Task<bool> RunAsync(IReadOnlyList<Command> commands, Func<Task<TestBank>> start)
    {
        var first = await start();
        var run = new Run(first, [await OpenAsync(first, "0.00"), await OpenAsync(first, "0.00"), await OpenAsync(first, "0.00"), await OpenAsync(first, "0.00 EUR")]);
        try
        {
            var model = new ReferenceLedger(Accounts);
            foreach (var command in commands)
            {
                var expected = model.Apply(command);
                var (actual, isKilled) = await run.ApplyAsync(command);
                if (isKilled && model.Last is { } refused && await run.IsVoidedAsync(refused))
                {
                    model.NoteVoided(refused);
                    Assert.True(actual == expected || actual == "transaction_voided", $"{command}: {actual} instead of {expected}.");
                }
                else
                {
                    Assert.True(actual == expected, $"{command}: {actual} instead of {expected}.");
                }
            }

            Assert.Equal(await SeeAsync(model), await run.SeeAsync(model));
            return true;
        }
        finally
        {
            await run.DisposeAsync();
        }
    }

    private static Task<AccountId> OpenAsync(TestBank bank, string balance) => bank.OpenAccountAsync("100000001", balance);

    private static Task<string> SeeAsync(ReferenceLedger model)
    {
        var lines = model.Accounts.Select(book =>
            $"{book.Balance} held {book.Held} {book.Status} overdraft {book.Overdraft} minimum {book.Minimum}: {string.Join(", ", book.Entries)}")
            .Concat(model.Holds.OrderBy(hold => hold.Key).Select(hold => $"hold {hold.Key}: {hold.Value}"))
            .Concat(model.Bank.Select(account => $"{account.Key} {account.Value}"))
            .Append($"{model.Posted} journals, 0 open");
        return Task.FromResult(string.Join(Environment.NewLine, lines));
    }

    /// <summary>Two processes on the same tables.</summary>
    private sealed class Run(TestBank first, AccountId[] ids) : IAsyncDisposable
    {
        private readonly TestBank[] live = [first, first.Restarted()];
        private readonly List<TestBank> dead = [];

        /// <returns>What the last try answered, and whether the first one was killed.</returns>
        public async Task<(string Answer, bool IsKilled)> ApplyAsync(Command command)
        {
            if (command.Verb == Verb.Status)
            {
                // A process that remembers the account as usable decides the debit, and the credit goes to suspense: as designed, and another test's.
                Restart(1 - command.Process);
            }

            if (command.KillAt > 0)
            {
                live[command.Process].Storage.KillAt(command.KillAt, command.DiesAfter ? KillMoment.After : KillMoment.Before);
            }

            var process = live[command.Process];
            string answer = "";
            try
            {
                answer = await DoAsync(command);
            }
            catch (Exception) when (process.Storage.IsDead)
            {
            }

            await process.SettleAsync();
            if (!process.Storage.IsDead)
            {
                if (command.KillAt > 0)
                {
                    process.Storage.Reset();
                }

                return (answer, false);
            }

            if (live[command.Process] == process)
            {
                Restart(command.Process);
            }

            if (command.SweepsFirst)
            {
                await live[command.Process].SweepAsync();
            }

            answer = await DoAsync(command);
            await live[command.Process].SettleAsync();
            if (!command.SweepsFirst)
            {
                await live[command.Process].SweepAsync();
            }

            return (answer, true);
        }

        public async Task<bool> IsVoidedAsync((string Id, int Decider) journal)
        {
            var row = await live[0].Get<BankTables>().Open(LedgerKeys.Table).GetEntityIfExistsAsync<TableEntity>(
                LedgerKeys.Partition(ids[journal.Decider]), LedgerKeys.Marker(IdOf(journal.Id)));
            return row.HasValue && row.Value!.GetString("State") == "Voided";
        }

        public async Task<string> SeeAsync(ReferenceLedger model)
        {
            foreach (var process in live)
            {
                process.Storage.Reset();
                await process.SettleAsync();
            }

            await live[0].SweepAsync();
            var proof = await live[0].ProveAsync();
            var lines = new List<string>();
            foreach (var id in ids)
            {
                var book = (await live[0].Get<ReadBook>().RunAsync(id, CancellationToken.None))!;
                var entries = await live[0].Get<ReadEntries>().RunAsync(id, null, ReadEntries.PageAtMost, CancellationToken.None);
                lines.Add($"{book.Balance.Minor} held {book.Held.Minor} {book.Status} overdraft {book.OverdraftLimit.Minor} minimum {book.MinimumBalance.Minor}: "
                    + string.Join(", ", entries.Reverse().Select(entry => $"{entry.Kind} {entry.Amount.Minor} {entry.BalanceAfter.Minor}")));
            }

            foreach (var (account, hold) in from account in Enumerable.Range(0, Accounts) from hold in Enumerable.Range(0, Holds) select (account, hold))
            {
                if (await live[0].Get<HoldWrites>().FindAsync(ids[account], HoldOf(account, hold), CancellationToken.None) is { } found)
                {
                    lines.Add($"hold {(account, hold)}: {(found.Amount.Minor, found.State)}");
                }
            }

            foreach (var name in model.Bank.Keys)
            {
                var words = name.Split(' ');
                lines.Add($"{name} {(await SumAsync(new BankAccount(words[0], Currency.Of(words[1])))).Minor}");
            }

            lines.Add($"{proof.Journals} journals, {proof.OpenJournals} open");
            return string.Join(Environment.NewLine, lines);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var bank in live.Concat(dead))
            {
                await bank.DisposeAsync();
            }
        }

        /// <summary>Reversals are booked on the day of the clock, which the expiries move on.</summary>
        private async Task<Money> SumAsync(BankAccount account)
        {
            var sum = Money.Zero(account.Currency);
            for (var day = Day; day <= live[0].Now.InUtc().Date.PlusDays(1); day = day.PlusDays(1))
            {
                sum += (await live[0].Get<SumBankDay>().RunAsync(account, day, CancellationToken.None)).Net;
            }

            return sum;
        }

        private void Restart(int process)
        {
            dead.Add(live[process]);
            live[process] = live[process].Restarted();
        }

        private async Task<string> DoAsync(Command command)
        {
            var bank = live[command.Process];
            var (account, key, currency) = (ids[command.Account], $"{command.Key}", command.Account == Accounts - 1 ? Currency.Eur : Currency.All);
            switch (command.Verb)
            {
                case Verb.Place:
                    return (await bank.Get<PlaceHold>().RunAsync(
                        HoldOf(command.Account, command.Key), account, Money.OfMinor(command.Minor, Currency.All), bank.Now + Duration.FromHours(72), "", CancellationToken.None))
                        .Match(hold => hold.State.ToString(), error => error.Code);
                case Verb.Release:
                    return (await bank.Get<ReleaseHold>().RunAsync(HoldOf(command.Account, command.Key), account, currency, CancellationToken.None))
                        .Match(hold => hold.State.ToString(), error => error.Code);
                case Verb.Expire:
                    bank.Clock.Advance(TimeSpan.FromHours(73));
                    await bank.Get<ExpireHolds>().RunAsync(bank.Now, CancellationToken.None);
                    return "";
                case Verb.Void:
                    return (await bank.Get<VoidJournal>().RunAsync(IdOf(key), account, CancellationToken.None)).Value.ToString();
                case Verb.Reverse:
                    return (await bank.Get<ReverseJournal>().RunAsync(
                        IdOf(key), account, IdOf($"back {command.Key} {command.Account}"), "Gabim", CancellationToken.None))
                        .Match(posted => posted.BalanceAfter!.ToString(), error => error.Code);
                case Verb.Status:
                    return (await bank.Get<ChangeAccountStatus>().RunAsync(account, (AccountStatus)command.Other, CancellationToken.None))
                        .Match(book => book.Status.ToString(), error => error.Code);
                case Verb.Overdraft:
                    return (await bank.Get<SetOverdraftLimit>().RunAsync(account, Money.OfMinor(command.Minor, currency), CancellationToken.None))
                        .Match(book => $"{book.OverdraftLimit.Minor}", error => error.Code);
                case Verb.Minimum:
                    return (await bank.Get<SetMinimumBalance>().RunAsync(account, Money.OfMinor(command.Minor, currency), CancellationToken.None))
                        .Match(book => $"{book.MinimumBalance.Minor}", error => error.Code);
                case Verb.Restart:
                    Restart(command.Process);
                    return "";
                case Verb.LoseAnswers:
                    bank.Storage.Break(call => call.Number % 3 == 0 ? StorageFault.AnswerLost : StorageFault.None);
                    return "";
                default:
                    return await bank.PostAsync(JournalOf(command));
            }
        }

        private Journal JournalOf(Command command) => new(
            IdOf($"{command.Key}"), command.Verb.ToString(),
            [
                .. ReferenceLedger.Legs(command).Select(leg => (leg.Bank, Money.OfMinor(Math.Abs(leg.Minor), leg.Currency)) switch
                {
                    (null, var amount) => leg.Minor < 0 ? Leg.Debit(ids[leg.Account], amount) : Leg.Credit(ids[leg.Account], amount),
                    ({ } bank, var amount) => leg.Minor < 0 ? Leg.Debit(new BankAccount(bank, leg.Currency), amount) : Leg.Credit(new BankAccount(bank, leg.Currency), amount),
                }),
            ],
            "", Day, "", command.Verb == Verb.Capture ? HoldOf(command.Account, command.Hold) : null);

        private static TransactionId IdOf(string id) => TransactionId.Derive("model", id);

        private static HoldId HoldOf(int account, int hold) => HoldId.Derive("model", $"{account}", $"{hold}");
    }
}
