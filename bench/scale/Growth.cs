namespace Serverless.Scale;

/// <summary>At how many customers something does not suffice any more.</summary>
internal static class Growth
{
    private const int Most = 25_600_000, Step = 100_000;

    private const int MostAccounts = 6;

    /// <summary>Storage accounts that the peak day needs: sessions never wait, the day's batches are done by their hour, the hour's within the hour. Null when no number does.</summary>
    /// <param name="atLeast">As many as fewer customers need.</param>
    public static int? AccountsFor(Model model, int atLeast = 1)
    {
        for (var accounts = atLeast; accounts <= MostAccounts; accounts++)
        {
            if (IsEnough(model, accounts))
                return accounts;
        }

        return null;
    }

    /// <summary>What one partition of each shared kind needs a second when sessions are at their peak and every batch is evenly spread over the time it has; in proportion to customers.</summary>
    public static IReadOnlyDictionary<string, double> Needed(Model model, Month month)
    {
        var inputs = model.Inputs;
        var needed = new SortedDictionary<string, double>(StringComparer.Ordinal);
        var sessions = month.SessionCalls.PerSecond / model.CallsPerSession;
        foreach (var (operation, each) in inputs.PerSession)
            Add(operation, sessions * each);
        foreach (var batch in inputs.Batches)
        {
            var (items, seconds) = batch.EveryHour
                ? (batch.PerCustomer, Inputs.SecondsPerHour)
                : (batch.PerCustomer * batch.Days.GetValueOrDefault(inputs.PeakDay), (inputs.BatchesDoneBy - batch.Hour) * Inputs.SecondsPerHour);
            Add(batch.Operation, items * inputs.Customers / seconds);
        }

        return needed;

        void Add(string operation, double perSecond)
        {
            foreach (var (kind, rows) in model.SharedRows(operation))
                needed[kind] = needed.GetValueOrDefault(kind) + (rows * perSecond);
        }
    }

    /// <summary>The most customers that so many storage accounts suffice for, to the next hundred thousand.</summary>
    public static int CustomersOf(Model model, int accounts)
    {
        var (enough, tooMany) = (0, Most / Step);
        while (tooMany - enough > 1)
        {
            var middle = (enough + tooMany) / 2;
            (enough, tooMany) = IsEnough(model.With(middle * Step), accounts) ? (middle, tooMany) : (enough, middle);
        }

        return enough * Step;
    }

    public static bool IsEnough(Model model, int accounts)
    {
        var inputs = model.Inputs;
        var day = Month.Run(model, accounts, isPeakDayOnly: true);
        return day.Sessions.LongestDrain <= 1 && day.DoneAt <= inputs.BatchesDoneBy
            && inputs.Batches.Zip(day.Queues).All(one => !one.First.EveryHour || one.Second.LongestDrain < Inputs.SecondsPerHour);
    }
}
