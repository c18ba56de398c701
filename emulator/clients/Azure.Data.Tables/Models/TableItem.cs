namespace Azure.Data.Tables.Models;

public class TableItem
{
    public TableItem(string name) => Name = name ?? throw new ArgumentNullException(nameof(name));

    public string Name { get; }
}
