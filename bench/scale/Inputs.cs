using System.Runtime.CompilerServices;

namespace Serverless.Scale;

/// <summary>What is assumed of a bank's month: inputs.json says each by name. Shares are of 1, weights relative to each other.</summary>
/// <param name="FirstDayOfWeek">Of the month's first day; 0 is Sunday.</param>
/// <param name="Hours">Weight of each hour of the day in what customers do.</param>
/// <param name="BusierDays">Weight of a day of the month, on top of its day of the week.</param>
/// <param name="PerSession">How often a session does each operation.</param>
/// <param name="BatchesDoneBy">The hour by which the peak day's batches should be through.</param>
/// <param name="TargetUtilisation">Of a published limit, that is planned with.</param>
/// <param name="BusiestCompanyShare">Of all contracts and bills.</param>
/// <param name="BusiestAccountShare">Of all transfers within the bank, that are to one account.</param>
/// <param name="LatencyOfASendMs">Of up to a hundred messages to Service Bus.</param>
/// <param name="RequestsAtOncePerInstance">Of HTTP.</param>
/// <param name="RowsBytes">Of an average row, with its keys and its share of the indexes.</param>
/// <param name="HubCallsPerStep">Storage operations of Durable Functions for one activity: queue and table of its hub.</param>
/// <param name="Months">For how long what is written has been kept, when capacity is reckoned.</param>
internal sealed record Inputs(
    int Seed,
    int Customers,
    int DaysInMonth,
    int FirstDayOfWeek,
    int PeakDay,
    double[] Hours,
    double[] Weekdays,
    double SessionsPerCustomer,
    SortedDictionary<int, double> BusierDays,
    SortedDictionary<string, double> PerSession,
    Batch[] Batches,
    int BatchesDoneBy,
    double TargetUtilisation,
    double BusiestCompanyShare,
    double BusiestAccountShare,
    double LatencyOfAStorageCallMs,
    double LatencyOfAPartnerMs,
    double LatencyOfASendMs,
    double ProcessorMsOfARequest,
    int RequestsAtOncePerInstance,
    int RowsBytes,
    int LogBytesPerRequest,
    double HubCallsPerStep,
    int StepsPerOnboarding,
    int StepsPerOtherWorkflow,
    double OtherWorkflowsPerCustomer,
    int Months,
    OutageInputs Outage)
{
    public const int SecondsPerDay = 86_400, SecondsPerHour = 3_600;

    public static Inputs Load() => Data.Read<Inputs>("inputs.json");

    /// <summary>What a weight of 1 stands for in sessions a second.</summary>
    public double SessionsPerWeight
    {
        get
        {
            var weights = 0.0;
            for (var minute = 0; minute < DaysInMonth * 1440; minute++)
                weights += WeightAt(minute * 60) * 60;
            return SessionsPerCustomer * Customers / weights;
        }
    }

    /// <summary>Relative, at one second of the month; between the middles of two hours it goes in a straight line.</summary>
    public double WeightAt(int second)
    {
        var (day, ofDay) = (second / SecondsPerDay, second % SecondsPerDay);
        var (hour, rest) = Math.DivRem(ofDay + SecondsPerDay - (SecondsPerHour / 2), SecondsPerHour);
        var share = rest / (double)SecondsPerHour;
        var ofHour = (Hours[hour % 24] * (1 - share)) + (Hours[(hour + 1) % 24] * share);
        return ofHour * Weekdays[(FirstDayOfWeek + day) % 7] * BusierDays.GetValueOrDefault(day + 1, 1);
    }
}

/// <summary>Work that comes all at once.</summary>
/// <param name="PerCustomer">In the month; of one that comes <paramref name="EveryHour"/>, each time.</param>
/// <param name="OverSeconds">It arrives evenly in that time from the hour on; 0 at once.</param>
/// <param name="Messages">Service Bus messages for each.</param>
/// <param name="Days">Which share comes on which day of the month.</param>
internal sealed record Batch(
    string Name, string Operation, double PerCustomer, int Hour, bool EveryHour, int OverSeconds, double Messages, SortedDictionary<int, double> Days)
{
    /// <summary>How many arrive in one second of the month.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double ArrivalsAt(int second, int customers)
    {
        var (day, ofDay) = (second / Inputs.SecondsPerDay, second % Inputs.SecondsPerDay);
        if (EveryHour)
            return ofDay % Inputs.SecondsPerHour == 300 ? PerCustomer * customers : 0;
        var since = ofDay - (Hour * Inputs.SecondsPerHour);
        if (since < 0 || since >= Math.Max(1, OverSeconds) || !Days.TryGetValue(day + 1, out var share))
            return 0;
        return PerCustomer * customers * share / Math.Max(1, OverSeconds);
    }
}

/// <param name="PatienceSeconds">For how long somebody tries, on average.</param>
/// <param name="TimeoutSeconds">After which a client stops to wait for its answer; the server works on it all the same.</param>
/// <param name="ImpatientPauseSeconds">What the others are compared with: clients that try again after the same short time.</param>
internal sealed record OutageInputs(
    int Day, int FromHour, int Hours, int PatienceSeconds, int TimeoutSeconds, int FirstPauseSeconds, int LongestPauseSeconds, int ImpatientPauseSeconds);

/// <summary>Published limits, and a few reckoned ones that say so: limits.json.</summary>
internal sealed record Limits(
    string AsOf,
    Sourced PartitionRowsPerSecond,
    Sourced AccountCallsPerSecond,
    Sourced HeadWritesPerSecond,
    Sourced BusStandardPerSecond,
    Sourced BusPremiumUnitPerSecond,
    Sourced HubPartitions,
    Sourced HubQueueMessagesPerSecond,
    Sourced Instances,
    Sourced MessagesAtOncePerInstance,
    Sourced FunctionSeconds,
    Sourced SendsSideBySide,
    Sourced VaultCallsPerTenSeconds)
{
    public static Limits Load() => Data.Read<Limits>("limits.json");
}

/// <summary>Prices as put in on a day: prices.json.</summary>
internal sealed record Prices(
    string AsOf,
    string Currency,
    Sourced TableCallsPer10000,
    Sourced TableGigabyteMonth,
    Sourced ExecutionsPerMillion,
    Sourced GigabyteSecond,
    Sourced BusPremiumUnitMonth,
    Sourced LogGigabyte,
    Sourced QueueCallsPer10000)
{
    public static Prices Load() => Data.Read<Prices>("prices.json");
}

internal sealed record Sourced(double Value, string Source);
