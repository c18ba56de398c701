using Serverless.Banking.Ledger;

namespace Serverless.Banking.Tests.Ledger;

internal enum Verb
{
    Deposit,
    Bill,
    Transfer,
    TransferWithFee,
    Exchange,
    Capture,
    Place,
    Release,
    Expire,
    Void,
    Reverse,
    Status,
    Overdraft,
    Minimum,
    Restart,
    LoseAnswers,
}

/// <param name="Account">Whom it is about; of a journal the debtor, of a deposit the creditor.</param>
/// <param name="Other">The creditor.</param>
/// <param name="Key">Names the transaction; of a hold's commands the hold.</param>
/// <param name="Hold">What a capture uses.</param>
/// <param name="Process">Which of the two processes does it.</param>
/// <param name="KillAt">The storage call at which that process dies; 0 lets it live. It is started again, and the command repeated.</param>
/// <param name="SweepsFirst">Whether the sweeper comes before the repeat or after it.</param>
internal sealed record Command(
    Verb Verb, int Account, int Other, long Minor, int Key, int Hold, int Process, int KillAt, bool DiesAfter, bool SweepsFirst)
{
    public override string ToString() =>
        $"{Verb}({Account}, {Other}, {Minor}, key {Key}, hold {Hold}) in {Process}"
        + (KillAt == 0 ? "" : $" killed {(DiesAfter ? "after" : "before")} call {KillAt}, {(SweepsFirst ? "swept, repeated" : "repeated, swept")}");
}

/// <summary>The ledger as one would write it on a napkin: what the books must say, without storage, processes and crashes. An id belongs to the account that decides it.</summary>
internal sealed class ReferenceLedger
{
    public const int Fee = 30;

    /// <summary>ALL per EUR.</summary>
    public const int Rate = 100;

    private readonly Dictionary<(string Id, int Decider), Marker?> markers = [];
    private readonly List<(int Account, int Hold)> due = [];

    /// <summary>The last one keeps EUR, all others ALL.</summary>
    public ReferenceLedger(int accounts) =>
        Accounts = [.. Enumerable.Range(0, accounts).Select(i => new Book { Currency = i == accounts - 1 ? Currency.Eur : Currency.All })];

    public Book[] Accounts { get; }

    public Dictionary<(int Account, int Hold), (long Minor, HoldState State)> Holds { get; } = [];

    /// <summary>Of the bank's own accounts, by "name currency".</summary>
    public SortedDictionary<string, long> Bank { get; } = new(StringComparer.Ordinal);

    public int Posted { get; private set; }

    /// <summary>Id and decider of the journal that the last command would post.</summary>
    public (string Id, int Decider)? Last { get; private set; }

    /// <returns>What the ledger must answer.</returns>
    public string Apply(Command command)
    {
        Last = null;
        var (account, book) = (command.Account, Accounts[command.Account]);
        switch (command.Verb)
        {
            case Verb.Place:
                return Place(account, command.Key, command.Minor);
            case Verb.Release:
                return End(account, command.Key, HoldState.Released);
            case Verb.Expire:
                due.ForEach(placed => End(placed.Account, placed.Hold, HoldState.Expired));
                due.Clear();
                return "";
            case Verb.Void:
                return markers.TryAdd(($"{command.Key}", account), null) || markers[($"{command.Key}", account)] is null ? "Voided" : "AlreadyPosted";
            case Verb.Reverse:
                return Reverse(command);
            case Verb.Status:
                return Change(book, (AccountStatus)command.Other);
            case Verb.Overdraft:
                return book.Status == AccountStatus.Closed ? "account_blocked"
                    : command.Minor < book.Overdraft && book.Held - book.Balance > command.Minor ? "overdraft_in_use"
                    : $"{book.Overdraft = command.Minor}";
            case Verb.Minimum:
                return book.Status == AccountStatus.Closed ? "account_blocked" : $"{book.Minimum = command.Minor}";
            case Verb.Restart or Verb.LoseAnswers:
                return "";
            default:
                var (legs, captured) = (Legs(command), command.Verb == Verb.Capture ? command.Hold : (int?)null);
                return Post(
                    $"{command.Key}", account, command.Verb.ToString(), $"{command.Verb} {string.Join(' ', legs)} {captured}", legs,
                    captured is { } hold ? (account, hold) : null);
        }
    }

    /// <summary>A refused journal whose process died before it could take its intent back: the sweeper may void it.</summary>
    public void NoteVoided((string Id, int Decider) journal) => markers.TryAdd(journal, null);

    /// <summary>In the order of the journal; accounts of the bank by their name.</summary>
    public static (int Account, string? Bank, Currency Currency, long Minor)[] Legs(Command command)
    {
        var (a, b, m, all, eur) = (command.Account, command.Other, command.Minor, Currency.All, Currency.Eur);
        return command.Verb switch
        {
            Verb.Deposit => [(-1, "cash/main", all, -m), (a, null, all, m)],
            Verb.Bill => [(a, null, all, -m), (-1, "settlement/oshee", all, m)],
            Verb.TransferWithFee => [(a, null, all, -m), (b, null, all, m), (a, null, all, -Fee), (-1, "fees/transfers", all, Fee)],
            Verb.Exchange => [(a, null, eur, -m), (-1, "fx/position", eur, m), (-1, "fx/position", all, -m * Rate), (b, null, all, m * Rate)],
            _ => [(a, null, all, -m), (b, null, all, m)],
        };
    }

    private string Post(
        string id, int decider, string kind, string content, (int Account, string? Bank, Currency Currency, long Minor)[] legs, (int Account, int Hold)? captured)
    {
        Last = (id, decider);
        if (markers.TryGetValue((id, decider), out var earlier))
        {
            return earlier is null ? "transaction_voided" : earlier.Content != content ? "journal_mismatch" : earlier.Answer;
        }

        if (Refusal(legs, captured) is { } refusal)
        {
            return refusal;
        }

        if (captured is { } used)
        {
            Accounts[used.Account].Held -= Holds[used].Minor;
            Holds[used] = (Holds[used].Minor, HoldState.Captured);
        }

        foreach (var (account, bank, currency, minor) in legs)
        {
            if (bank is not null)
            {
                Bank[$"{bank} {currency.Code}"] = Bank.GetValueOrDefault($"{bank} {currency.Code}") + minor;
            }
            else
            {
                Accounts[account].Balance += minor;
                Accounts[account].Entries.Add($"{kind} {minor} {Accounts[account].Balance}");
            }
        }

        Posted++;
        var answer = Money.OfMinor(Accounts[decider].Balance, Accounts[decider].Currency).ToString();
        markers[(id, decider)] = new Marker(answer, content, kind, legs);
        return answer;
    }

    /// <summary>The accounts without hold first, the gravest refusal of them; then the hold, then the account that it is on.</summary>
    private string? Refusal((int Account, string? Bank, Currency Currency, long Minor)[] legs, (int Account, int Hold)? captured)
    {
        string[] ranks = ["account_blocked", "account_currency_mismatch", "insufficient_funds", "minimum_balance"];
        var byAccount = legs.Where(leg => leg.Bank is null).GroupBy(leg => leg.Account).ToArray();
        var refusal = byAccount.Where(account => account.Key != captured?.Account).Select(account => Refusal(Accounts[account.Key], account, 0)).OfType<string>()
            .OrderBy(code => Array.IndexOf(ranks, code)).FirstOrDefault();
        if (refusal is not null || captured is not { } used)
        {
            return refusal;
        }

        return !Holds.TryGetValue(used, out var hold) ? "hold_not_found"
            : hold.State != HoldState.Held ? "hold_ended"
            : Refusal(Accounts[used.Account], byAccount.Single(account => account.Key == used.Account), hold.Minor);
    }

    private static string? Refusal(Book book, IEnumerable<(int Account, string? Bank, Currency Currency, long Minor)> legs, long freed)
    {
        long net = 0;
        foreach (var leg in legs)
        {
            var isTaken = leg.Minor < 0 ? book.Status == AccountStatus.Active : book.Status is AccountStatus.Active or AccountStatus.Dormant or AccountStatus.BlockedDebit;
            if (!isTaken || leg.Currency != book.Currency)
            {
                return isTaken ? "account_currency_mismatch" : "account_blocked";
            }

            net += leg.Minor;
        }

        var left = book.Balance - (book.Held - freed) + book.Overdraft + net;
        return net >= 0 ? null : left < 0 ? "insufficient_funds" : left < book.Minimum ? "minimum_balance" : null;
    }

    private string Reverse(Command command)
    {
        if (!markers.TryGetValue(($"{command.Key}", command.Account), out var marker) || marker is not { } original)
        {
            return "journal_not_found";
        }

        // The mirror's debtor decides, else its first creditor in the order of the legs.
        var mirror = original.Legs.Select(leg => leg with { Minor = -leg.Minor }).ToArray();
        var customers = mirror.Where(leg => leg.Bank is null).ToArray();
        var decider = (customers.Any(leg => leg.Minor < 0) ? customers.First(leg => leg.Minor < 0) : customers[0]).Account;
        return Post($"back {command.Key} {command.Account}", decider, $"{original.Kind}_reversal", "reversal", mirror, null);
    }

    /// <summary>What is noted as due and refused then cannot be placed after its time either.</summary>
    private string Place(int account, int hold, long minor)
    {
        due.Add((account, hold));
        var book = Accounts[account];
        if (Holds.TryGetValue((account, hold), out var earlier))
        {
            return earlier.Minor == 0 ? "hold_ended" : earlier.Minor != minor ? "hold_mismatch" : earlier.State.ToString();
        }

        if (Refusal(book, [(account, null, Currency.All, -minor)], 0) is { } refusal)
        {
            return refusal;
        }

        book.Held += minor;
        Holds[(account, hold)] = (minor, HoldState.Held);
        return nameof(HoldState.Held);
    }

    private string End(int account, int hold, HoldState end)
    {
        var (minor, state) = Holds.GetValueOrDefault((account, hold), (0, end));
        if (state == HoldState.Held)
        {
            (Accounts[account].Held, state) = (Accounts[account].Held - minor, end);
        }

        if (state != HoldState.Captured)
        {
            Holds[(account, hold)] = (minor, state);
        }

        return state == HoldState.Captured ? "hold_ended" : state.ToString();
    }

    private static string Change(Book book, AccountStatus status)
    {
        if (book.Status == AccountStatus.Closed && status != AccountStatus.Closed)
        {
            return "account_blocked";
        }

        return status == AccountStatus.Closed && (book.Balance != 0 || book.Held != 0) ? "account_not_empty" : (book.Status = status).ToString();
    }

    internal sealed class Book
    {
        public required Currency Currency { get; init; }

        public long Balance { get; set; }

        public long Held { get; set; }

        public long Overdraft { get; set; }

        public long Minimum { get; set; }

        public AccountStatus Status { get; set; }

        /// <summary>Oldest first: kind, amount and balance after it.</summary>
        public List<string> Entries { get; } = [];
    }

    private sealed record Marker(string Answer, string Content, string Kind, (int Account, string? Bank, Currency Currency, long Minor)[] Legs);
}
