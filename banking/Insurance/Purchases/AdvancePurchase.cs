namespace Serverless.Banking.Insurance;

/// <summary>Does whatever a purchase needs now: orders, books, gives back, calls off, fetches the document, tells. Repeated, it does nothing more.</summary>
public sealed class AdvancePurchase
{
    private readonly PurchaseTable purchases;
    private readonly PolicyCourse course;

    internal AdvancePurchase(PurchaseTable purchases, PolicyCourse course) => (this.purchases, this.course) = (purchases, course);

    /// <returns>Null when there is no such purchase.</returns>
    public async Task<CourseProgress<PurchaseState>?> RunAsync(Guid id, CancellationToken cancellation)
    {
        if (await purchases.FindAsync(id, cancellation) is not { } record)
            return null;
        var it = (await course.ContinueAsync(record, cancellation)).It;
        return new CourseProgress<PurchaseState>(it.State, course.IsOver(it), course.WakeOf(it));
    }
}
