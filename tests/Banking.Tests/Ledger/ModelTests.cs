using FsCheck;
using FsCheck.Fluent;
using Serverless.Banking.Ledger;
using Serverless.Testing;
using static Serverless.Banking.Tests.Ledger.Journals;

namespace Serverless.Banking.Tests.Ledger;

/// <summary>Whatever is done to the books in whatever order, a model of a dozen lines in memory has the same balances and gives the same answers.</summary>
public sealed class ModelTests
{
    private const int Accounts = 3;

    [Fact]
    public void Any_sequence_of_commands_gives_the_books_of_the_model()
    {
        var commands = CommandGen().NonEmptyListOf().Select(list => list.Take(20).ToArray()).ToArbitrary();

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(15), Prop.ForAll(commands, sequence => RunAsync(sequence).GetAwaiter().GetResult()));
    }

    private static Gen<Command> CommandGen()
    {
        var accounts = Gen.Choose(0, Accounts - 1);
        var amounts = Gen.Choose(1, 6000).Select(minor => (long)minor);

        // Few keys, so that repeats and reused keys are common.
        var keys = Gen.Choose(0, 5);
        return Gen.OneOf(
            accounts.SelectMany(a => amounts.SelectMany(m => keys.Select(k => new Command(Verb.Deposit, a, 0, m, k)))),
            accounts.SelectMany(a => amounts.SelectMany(m => keys.Select(k => new Command(Verb.Bill, a, 0, m, k)))),
            accounts.SelectMany(a => accounts.SelectMany(b => amounts.SelectMany(m => keys.Select(k => new Command(Verb.Transfer, a, b, m, k))))),
            accounts.SelectMany(a => keys.Select(k => new Command(Verb.Void, a, 0, 0, k))),
            accounts.SelectMany(a => keys.Select(k => new Command(Verb.Reverse, a, 0, 0, k))),
            accounts.SelectMany(a => Gen.Choose(0, 3).Select(s => new Command(Verb.Status, a, s, 0, 0))),
            accounts.Select(a => new Command(Verb.Restart, a, 0, 0, 0)),
            accounts.Select(a => new Command(Verb.LoseAnswers, a, 0, 0, 0)));
    }

    private static async Task<bool> RunAsync(IReadOnlyList<Command> commands)
    {
        var banks = new List<TestBank> { await TestBank.StartAsync() };
        try
        {
            var ids = new AccountId[Accounts];
            for (var i = 0; i < Accounts; i++)
            {
                ids[i] = await banks[0].OpenAccountAsync($"10000000{i}", "0.00");
            }

            var model = new Model(ids);
            foreach (var command in commands)
            {
                var expected = model.Apply(command);
                var actual = await ApplyAsync(banks, ids, command);
                Assert.Equal(expected, actual);
            }

            foreach (var bank in banks)
            {
                bank.Storage.Reset();
                await bank.SettleAsync();
            }

            Assert.Equal(model.Balances, await Task.WhenAll(ids.Select(async id => (await banks[^1].BalanceAsync(id)).Minor)));
            Assert.Equal(Money.OfMinor(model.Settlement, Currency.All).ToString(), await banks[^1].NetAsync(Oshee));
            await banks[^1].SweepAsync();
            var proof = await banks[^1].ProveAsync();
            Assert.Equal((model.Posted, 0), (proof.Journals, proof.OpenJournals));
            return true;
        }
        finally
        {
            foreach (var bank in banks)
            {
                await bank.DisposeAsync();
            }
        }
    }

    private static async Task<string> ApplyAsync(List<TestBank> banks, AccountId[] ids, Command command)
    {
        var bank = banks[^1];
        var (account, id) = (ids[command.Account], Id($"{command.Key}"));
        switch (command.Verb)
        {
            case Verb.Deposit or Verb.Bill or Verb.Transfer:
                return await bank.PostAsync(JournalOf(command, ids));
            case Verb.Void:
                return (await bank.Get<VoidJournal>().RunAsync(id, account, CancellationToken.None)).Value.ToString();
            case Verb.Reverse:
                return (await bank.Get<ReverseJournal>().RunAsync(id, account, Reversal(command.Key, account), "Gabim", CancellationToken.None))
                    .Match(posted => posted.BalanceAfter!.ToString(), error => error.Code);
            case Verb.Status:
                return (await bank.Get<ChangeAccountStatus>().RunAsync(account, (AccountStatus)command.Other, CancellationToken.None)).Value!.Status.ToString();
            case Verb.Restart:
                banks.Add(bank.Restarted());
                return "";
            default:
                bank.Storage.Break(call => call.Number % 3 == 0 ? StorageFault.AnswerLost : StorageFault.None);
                return "";
        }
    }

    private static Journal JournalOf(Command command, AccountId[] ids)
    {
        var amount = Money.OfMinor(command.Minor, Currency.All);
        var account = ids[command.Account];
        Leg[] legs = command.Verb switch
        {
            Verb.Deposit => [Leg.Debit(BankAccount.Cash(Currency.All), amount), Leg.Credit(account, amount)],
            Verb.Bill => [Leg.Debit(account, amount), Leg.Credit(Oshee, amount)],
            _ => [Leg.Debit(account, amount), Leg.Credit(ids[command.Other], amount)],
        };
        return new Journal(Id($"{command.Key}"), command.Verb.ToString(), legs, "", Day, "");
    }

    private static TransactionId Reversal(int key, AccountId account) => TransactionId.Derive("reversal", $"{key}", account.ToString());

    internal enum Verb
    {
        Deposit,
        Bill,
        Transfer,
        Void,
        Reverse,
        Status,
        Restart,
        LoseAnswers,
    }

    internal sealed record Command(Verb Verb, int Account, int Other, long Minor, int Key);

    /// <summary>The ledger as one would write it on a napkin. An id belongs to the account that decides it.</summary>
    private sealed class Model(AccountId[] ids)
    {
        private readonly AccountStatus[] statuses = new AccountStatus[Accounts];
        private readonly Dictionary<(string Id, int Account), (string Answer, string Content, (int Account, long Minor)[] Legs)?> markers = [];

        public long[] Balances { get; } = new long[Accounts];

        public long Settlement { get; private set; }

        public int Posted { get; private set; }

        public string Apply(Command command)
        {
            switch (command.Verb)
            {
                case Verb.Deposit:
                    return Post($"{command.Key}", command.Account, Content(command), [(command.Account, command.Minor)]);
                case Verb.Bill:
                    return Post($"{command.Key}", command.Account, Content(command), [(command.Account, -command.Minor), (-1, command.Minor)]);
                case Verb.Transfer:
                    return Post($"{command.Key}", command.Account, Content(command), [(command.Account, -command.Minor), (command.Other, command.Minor)]);
                case Verb.Void:
                    return markers.TryAdd(($"{command.Key}", command.Account), null) || markers[($"{command.Key}", command.Account)] is null ? "Voided" : "AlreadyPosted";
                case Verb.Reverse:
                    if (!markers.TryGetValue(($"{command.Key}", command.Account), out var original) || original is not { } journal)
                    {
                        return "journal_not_found";
                    }

                    // The mirror's debtor decides, else its first creditor in the order of the legs.
                    var mirror = journal.Legs.Select(leg => (leg.Account, Minor: -leg.Minor)).ToArray();
                    var customers = mirror.Where(leg => leg.Account >= 0).ToArray();
                    var decider = customers.Any(leg => leg.Minor < 0) ? customers.First(leg => leg.Minor < 0).Account : customers[0].Account;
                    return Post($"back {command.Key} {command.Account}", decider, "reversal", mirror);
                case Verb.Status:
                    return (statuses[command.Account] = (AccountStatus)command.Other).ToString();
                default:
                    return "";
            }
        }

        private string Post(string id, int decider, string content, (int Account, long Minor)[] legs)
        {
            if (markers.TryGetValue((id, decider), out var earlier))
            {
                return earlier is not { } first ? "transaction_voided" : first.Content != content ? "journal_mismatch" : first.Answer;
            }

            var customers = legs.Where(leg => leg.Account >= 0).ToArray();
            if (customers.Any(leg => leg.Minor < 0 ? statuses[leg.Account] != AccountStatus.Active : statuses[leg.Account] == AccountStatus.Blocked))
            {
                return "account_blocked";
            }

            if (customers.GroupBy(leg => leg.Account).Any(account => account.Sum(leg => leg.Minor) is < 0 and var net && Balances[account.Key] + net < 0))
            {
                return "insufficient_funds";
            }

            foreach (var (account, minor) in legs)
            {
                if (account < 0)
                {
                    Settlement += minor;
                }
                else
                {
                    Balances[account] += minor;
                }
            }

            Posted++;
            var answer = Money.OfMinor(Balances[decider], Currency.All).ToString();
            markers[(id, decider)] = (answer, content, legs);
            return answer;
        }

        private string Content(Command command) =>
            $"{command.Verb} {ids[command.Account]} {(command.Verb == Verb.Transfer ? command.Other : 0)} {command.Minor}";
    }
}
