using Serverless.Sandbox.Billers;
using Serverless.Sandbox.Clock;
using Serverless.Sandbox.Http;

namespace Serverless.Sandbox.CreditRegistry;

/// <summary>Who owes what to whom, and who asked. Every method is one step under one lock.</summary>
internal sealed class CreditRegister
{
    public const string Id = "credit-registry";

    private readonly SandboxClock clock;
    private readonly Lock gate = new();
    private readonly Dictionary<string, CreditRecord> people = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, (Enquiry It, CreditReport Report)> enquiries = new(StringComparer.Ordinal);

    public CreditRegister(SandboxClock clock)
    {
        this.clock = clock;
        Reset();
    }

    /// <summary>The same enquiry again has the report that it had first, whatever has become of the person since.</summary>
    /// <returns>Null when the id was used for another enquiry.</returns>
    public CreditReport? Ask(Enquiry enquiry)
    {
        lock (gate)
        {
            if (enquiries.TryGetValue(enquiry.EnquiryId, out var known))
                return known.It == enquiry ? known.Report : null;
            var report = people.TryGetValue(enquiry.PersonalNumber, out var record)
                ? new CreditReport(enquiry.EnquiryId, true, record.MonthlyIncome, record.EmployedSince, record.Obligations, clock.Now)
                : new CreditReport(enquiry.EnquiryId, false, null, null, [], clock.Now);
            enquiries.Add(enquiry.EnquiryId, (enquiry, report));
            return report;
        }
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Enquiry> Enquiries()
    {
        lock (gate)
        {
            return [.. enquiries.Values.Select(it => it.It)];
        }
    }

    public void Put(CreditRecord record)
    {
        lock (gate)
        {
            people[record.PersonalNumber] = record;
        }
    }

    public void Reset()
    {
        lock (gate)
        {
            enquiries.Clear();
            people.Clear();
            foreach (var record in SeedData.Read<CreditSeed>("credits.json").People)
                people.Add(record.PersonalNumber, record);
        }
    }

    internal sealed record CreditSeed(IReadOnlyList<CreditRecord> People);
}

/// <param name="Purpose">What the bank is about to lend for.</param>
/// <param name="ConsentReference">The bank's own, of the person's consent.</param>
internal sealed record Enquiry(string EnquiryId, string PersonalNumber, string Purpose, string ConsentReference);

/// <param name="MonthlyIncome">Net, as employers report it; null when nobody does.</param>
internal sealed record CreditRecord(string PersonalNumber, Money? MonthlyIncome, DateOnly? EmployedSince, IReadOnlyList<Obligation> Obligations);

internal sealed record Obligation(string Lender, string Kind, Money Outstanding, Money MonthlyInstalment, int DaysPastDue);

/// <param name="IsKnown">False: nobody has ever reported anything of this person, and the rest is empty.</param>
internal sealed record CreditReport(
    string EnquiryId, bool IsKnown, Money? MonthlyIncome, DateOnly? EmployedSince, IReadOnlyList<Obligation> Obligations, DateTimeOffset ReportedAt);
