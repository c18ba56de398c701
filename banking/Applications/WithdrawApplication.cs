namespace Serverless.Banking.Applications;

/// <summary>The applicant takes an application back (PROD-33): a card's until the contract is signed, an overdraft's until it is approved.</summary>
public sealed class WithdrawApplication
{
    private readonly ApplicationTable table;
    private readonly ApplicationCourse course;

    internal WithdrawApplication(ApplicationTable table, ApplicationCourse course) => (this.table, this.course) = (table, course);

    /// <returns>The withdrawn application, also when it was before: wake its workflow. Or, first match: <see cref="ApplicationNotFound"/>, <see cref="ApplicationFinal"/>.</returns>
    public async Task<Result<ProductApplication>> RunAsync(CustomerId customer, Guid id, CancellationToken cancellation)
    {
        if (await table.FindAsync(id, cancellation) is not { } record || record.It.Customer != customer)
            return new ApplicationNotFound();

        // From here on a caller who hangs up stops nothing.
        record = await table.ChangeAsync(
            record, it => it.SeenAt(course.Now).State == it.State && CanWithdraw(it) ? it.At(ApplicationState.Withdrawn, course.Now) : null, CancellationToken.None);
        return record.It.State == ApplicationState.Withdrawn ? record.It : new ApplicationFinal(record.It.SeenAt(course.Now).State);
    }

    public static bool CanWithdraw(ProductApplication it) => it.Card.SignedAt is null && ApplicationStates.Next(it.Product)[it.State].Contains(ApplicationState.Withdrawn);
}
