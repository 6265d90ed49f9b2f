"""What is written of formulas, and of raised and lowered letters: name, HTML, text, Markdown."""

import pytest

from cleaning.writing import read_fragment

BASE = "https://site.example/post/"

CASES = [
    (
        "math",
        "<p>A <math><mi>s</mi><mo>=</mo><mfrac><mi>hours</mi><mi>total</mi></mfrac></math> "
        "of it</p><math display=block><mrow><mi>cost</mi><mo>=</mo><mn>417</mn><mo>"
        "&#x2062;</mo><mi>s</mi></mrow></math>",
        "A s = hours/total of it\n\ncost = 417s",
        "A s = hours/total of it\n\ncost = 417s",
    ),
    (
        "tex script",
        '<p>So <script type="math/tex">x^2+y</script> holds</p>',
        "So x^2+y holds",
        "So $x^2+y$ holds",
    ),
    (
        "mathjax2",
        '<p>So <span class="MathJax_Preview"></span><span class="MathJax"><nobr '
        'aria-hidden="true">x2</nobr><span class="MJX_Assistive_MathML" role=presentation>'
        "<math><msup><mi>x</mi><mn>2</mn></msup></math></span></span><script "
        'type="math/tex">x^2</script> holds</p>',
        "So x² holds",
        "So x² holds",
    ),
    (
        "mathjax3",
        '<p>So <mjx-container><mjx-math aria-hidden="true"></mjx-math><mjx-assistive-mml>'
        "<math><msup><mi>x</mi><mn>2</mn></msup></math></mjx-assistive-mml></mjx-container>"
        " holds</p>",
        "So x² holds",
        "So x² holds",
    ),
    (
        "katex",
        '<p>rule <span class="katex"><span class="katex-mathml"><math><semantics><mrow><mi>'
        'cost</mi><mo>=</mo><mi>hours</mi></mrow><annotation encoding="application/x-tex">'
        'cost=hours</annotation></semantics></math></span><span class="katex-html" '
        'aria-hidden="true"><span>cost</span><span>=</span><span>hours</span></span></span>'
        " holds</p>",
        "rule cost = hours holds",
        "rule $cost=hours$ holds",
    ),
    (
        "wikipedia",
        '<p>The <span class="mwe-math-element"><span style="display: none;"><math '
        'alttext="{\\displaystyle x_{1}}"><semantics><mrow><msub><mi>x</mi><mn>1</mn>'
        '</msub></mrow><annotation encoding="application/x-tex">{\\displaystyle '
        'x_{1}}</annotation></semantics></math></span><img src="/x.svg" aria-hidden="true" '
        'alt="{\\displaystyle x_{1}}"></span> is</p>',
        "The x₁ is",
        "The $x_{1}$ is",
    ),
    (
        "sups",
        "<p>10<sup>6</sup>, £450<sup><a href='#f'>12</a></sup>, 1<sup>st</sup>, x<sup>"
        "k</sup>, x<sub>ij</sub>, CO<sub>2</sub>, word<sup>[1]</sup>, Acme<sup>TM</sup>, "
        "e<sup>2x + 1</sup>, SO<sub>4</sub><sup>2-</sup>, note<sup>a</sup>, M<sup>me</sup>"
        ", XIX<sup>e</sup>, a<sup>1</sup><sup>2</sup>, m<sup>-2</sup>,10<sup>−3</sup></p>",
        "10⁶, £450¹², 1st, x^k, x~ij, CO₂, word[1], Acme™, e^(2x + 1), SO₄²⁻, note^a, Mme, "
        "XIXe, a¹ ², m⁻²,10⁻³",
        "10⁶, £450¹², 1st, x^k, x\\~ij, CO₂, word[1], Acme™, e^(2x + 1), SO₄²⁻, note^a, "
        "Mme, XIXe, a¹ ², m⁻²,10⁻³",
    ),
    (
        "ruby",
        "<p>Sign <ruby>共同<rt>kyoudou</rt>制作<rt>seisaku</rt></ruby> over <ruby>漢<rp>(</rp>"
        "<rt>かん</rt><rp>)</rp></ruby></p>",
        "Sign 共同(kyoudou)制作(seisaku) over 漢(かん)",
        "Sign 共同(kyoudou)制作(seisaku) over 漢(かん)",
    ),
    (
        "math tex display",
        '<script type="math/tex; mode=display">E=mc^2</script><p>after</p>',
        "E=mc^2\n\nafter",
        "$E=mc^2$\n\nafter",
    ),
    (
        "math dollars",
        "<p>Costs $5 and $x^2$ or \\(a_b\\)</p>",
        "Costs $5 and $x^2$ or \\(a_b\\)",
        "Costs $5 and $x^2$ or \\\\(a_b\\\\)",
    ),
    ("math chem", "<math><msub><mi>H</mi><mn>2</mn></msub><mi>O</mi></math>", "H₂O", "H₂O"),
    (
        "math table",
        "<math><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>"
        "3</mn></mtd><mtd><mn>4</mn></mtd></mtr></mtable></math>",
        "1, 2; 3, 4",
        "1, 2; 3, 4",
    ),
    (
        "math prefix",
        '<p>x <m:math xmlns:m="http://www.w3.org/1998/Math/MathML"><m:mi>s</m:mi><m:mo>'
        "+</m:mo><m:mn>1</m:mn></m:math> y</p>",
        "x s+1 y",
        "x s+1 y",
    ),
    (
        "katex display",
        '<span class="katex-display"><span class="katex"><span class="katex-mathml"><math '
        'display="block"><semantics><mrow><mi>a</mi></mrow><annotation '
        'encoding="application/x-tex">a</annotation></semantics></math></span><span '
        'class="katex-html" aria-hidden="true">a</span></span></span>',
        "a",
        "$a$",
    ),
    (
        "latex image",
        '<p>so <img src="/latex.php?x" alt="x^2" class="latex" /> is</p>',
        "so x^2 is",
        "so $x^2$ is",
    ),
    (
        "math alttext",
        '<p>a <math alttext="\\frac{1}{2}"></math> b</p>',
        "a \\frac{1}{2} b",
        "a $\\frac{1}{2}$ b",
    ),
    (
        "sup words",
        "<p>The 2<sup>nd</sup> and 3<sup>rd</sup>, 5<sup>e</sup>, N<sup>o</sup> 4, 20 "
        "m<sup>2</sup>, x<sup>n+1</sup>, 10<sup>-3</sup>, text<sup>new!</sup>, name<sup>"
        "*</sup>, name<sup>†</sup>, 2019<sup>a</sup>, word.<sup>12</sup> Next</p>",
        "The 2nd and 3rd, 5e, N^o 4, 20 m², x^(n+1), 10⁻³, text^(new!), name*, name†, "
        "2019^a, word.¹² Next",
        "The 2nd and 3rd, 5e, N^o 4, 20 m², x^(n+1), 10⁻³, text^(new!), name\\*, name†, "
        "2019^a, word.¹² Next",
    ),
    (
        "sup link outside",
        "<p>price £450<a href='#n'><sup>3</sup></a> and 2019<a href='https://o.example/'>"
        "<sup>4</sup></a></p>",
        "price £450³ and 2019⁴",
        "price £450³ and 2019[⁴](https://o.example/)",
    ),
    (
        "sup span style",
        '<p>10<span style="vertical-align:super">6</span> and 450<span '
        'style="vertical-align: super; font-size: 70%">12</span></p>',
        "10⁶ and 450¹²",
        "10⁶ and 450¹²",
    ),
    (
        "sup footnote bracket",
        "<p>It cost £45<sup>(3)</sup> and 12<sup>1,2</sup> and 7<sup>3–5</sup></p>",
        "It cost £45⁽³⁾ and 12¹,² and 7³–⁵",
        "It cost £45⁽³⁾ and 12¹,² and 7³–⁵",
    ),
    (
        "fraction",
        "<p>1<sup>1</sup>/<sub>2</sub> cups, <sup>3</sup>⁄<sub>4</sub> hour</p>",
        "1¹/₂ cups, ³⁄₄ hour",
        "1¹/₂ cups, ³⁄₄ hour",
    ),
    (
        "ruby2",
        "<ruby>東<rb>x</rb><rp>（</rp><rt>とう</rt><rp>）</rp></ruby><ruby>北京<rtc>Beijing</rtc>"
        "</ruby>",
        "東x(とう)北京(Beijing)",
        "東x(とう)北京(Beijing)",
    ),
]


@pytest.mark.parametrize(
    ("html", "text", "markdown"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_formulas(html: str, text: str, markdown: str) -> None:
    body = read_fragment(html, BASE)
    assert (body.text, body.markdown) == (text, markdown)
