namespace Serverless.Banking.Applications;

/// <summary>Takes limit and settings of the card (PROD-09).</summary>
public sealed class SaveCardSettings
{
    private readonly ApplicationTable table;
    private readonly ApplicationCourse course;

    internal SaveCardSettings(ApplicationTable table, ApplicationCourse course) => (this.table, this.course) = (table, course);

    /// <returns>The draft. Or, first match: <see cref="ApplicationNotFound"/>, <see cref="ApplicationNotDraft"/>, <see cref="CardLimitOutOfRange"/>.</returns>
    public async Task<Result<ProductApplication>> RunAsync(CustomerId customer, Guid id, Money limit, CardSettings settings, CancellationToken cancellation)
    {
        if (await table.FindAsync(id, cancellation) is not { } record || record.It.Customer != customer || record.It.Product != ApplicationProduct.CreditCard)
            return new ApplicationNotFound();
        if (record.It.SeenAt(course.Now) is { State: not ApplicationState.Draft } gone)
            return new ApplicationNotDraft(gone.State);
        var type = CardTypes.Find(record.It.CardType!)!;
        if (limit.Currency != type.Lowest.Currency || limit < type.Lowest || limit > type.Highest)
            return new CardLimitOutOfRange(type.Lowest, type.Highest);

        // The type may be changed in the same moment: then the settings are asked for again.
        return await course.EditAsync(record, it => it.CardType == type.Code ? it with { Requested = limit, Settings = settings } : it, CancellationToken.None);
    }
}
