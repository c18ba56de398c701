using NodaTime;
using Serverless.Banking.Audit;

namespace Serverless.Banking.Onboarding;

/// <summary>Staff note that a relationship has ended: evidence and contracts of the onboarding are kept for the legal period from then on, and erased (ONB-32).</summary>
public sealed class EndRelationship
{
    private readonly OnboardingTable table;
    private readonly OnboardingCourse course;
    private readonly RecordAudit audit;

    internal EndRelationship(OnboardingTable table, OnboardingCourse course, RecordAudit audit) => (this.table, this.course, this.audit) = (table, course, audit);

    /// <returns>When they are erased. Or <see cref="OnboardingNotFound"/>: the customer was not onboarded online.</returns>
    public async Task<Result<Instant>> RunAsync(CustomerId customer, LocalDate endedOn, AuditActor officer, CancellationToken cancellation)
    {
        if (await table.FindOfCustomerAsync(customer, cancellation) is not { } stored)
            return new OnboardingNotFound();
        var eraseAt = endedOn.PlusYears(course.Options.RetentionYears).PlusDays(1).AtStartOfDayInZone(BankTime.Tirane).ToInstant();
        await audit.RunAsync(
            new AuditEvent(officer, "relationship_ended", $"customer/{customer.Value}") { After = $"onboarding's evidence until {eraseAt.InZone(BankTime.Tirane).Date:uuuu-MM-dd}" }, cancellation);
        await table.PlanAsync(stored.It.Id, eraseAt, cancellation);
        return eraseAt;
    }
}
