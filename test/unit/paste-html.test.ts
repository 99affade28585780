import { describe, expect, test } from 'vitest'
import { pastedOf } from '#test/kit/parse-html.ts'

// What people bring from other programs, in invented words. A case: its name, the HTML, and what is pasted of it.

type Case = readonly [name: string, html: string, ...pasted: string[]]

const WORD = (body: string, style = ''): string => `<html xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!--
 /* Style Definitions */
 p.MsoNormal, li.MsoNormal {margin:0cm; font-size:12.0pt; font-family:"Times New Roman",serif;}
 ${style}
 @page WordSection1 {size:612.0pt 792.0pt;}
 @list l0:level1 {mso-level-text:"%1.";}
--></style></head><body lang=EN-GB><!--StartFragment-->${body}<!--EndFragment--></body></html>`

const word: Case[] = [
  [
    'no-break spaces and empty paragraphs',
    WORD(
      '<p class=MsoNormal>every&nbsp;river<o:p></o:p></p>\r\n<p class=MsoNormal><o:p>&nbsp;</o:p></p>\r\n<p class=MsoNormal>every\r\nlake<o:p></o:p></p>',
    ),
    'every river',
    'every lake',
  ],
  [
    'part of a paragraph keeps the space at its end',
    `<body><p class=MsoNormal><!--StartFragment--><span lang=EN-GB>clean and </span><!--EndFragment--><o:p></o:p></p></body>`,
    'clean and ',
  ],
  [
    'tracked changes',
    WORD(
      `<p class=MsoNormal>in all its <del cite="mailto:Ann" datetime="2026-01-01T10:00">shapes</del><ins cite="mailto:Ann" datetime="2026-01-01T10:00">aspects</ins>, everywhere</p>`,
    ),
    'in all its aspects, everywhere',
  ],
  [
    'tracked changes as classes',
    WORD(
      `<p class=MsoNormal>we <span class=msoDel>shall</span><span class=msoIns>should</span> act</p>`,
      'span.msoIns {mso-style-type:export-only; text-decoration:underline;}',
    ),
    'we should act',
  ],
  [
    'tracked changes of Word in a browser',
    `<p class="Paragraph"><span class="TextRun">we </span><span class="NormalTextRun TrackChangeTextDeletion">shall</span><span class="NormalTextRun TrackChangeTextInsertion">should</span><span class="TextRun"> act</span><span class="EOP">&nbsp;</span></p>`,
    'we should act',
  ],
  [
    'a tracked change of format',
    WORD(
      `<p class=MsoNormal>a <span class=msoChangeProp><span style='mso-prop-change:"Ann" 20260101T1000'><b>firm</b></span></span> pledge</p>`,
    ),
    'a **firm** pledge',
  ],
  [
    'the whole paragraph deleted',
    WORD(`<p class=MsoNormal><del>gone</del></p><p class=MsoNormal>kept</p>`),
    'kept',
  ],
  [
    'a list with markers for other programs',
    WORD(
      `<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-fareast-font-family:Calibri'><span style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>seeds<o:p></o:p></p><p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'>·<span>&nbsp;&nbsp; </span></span><![endif]>soils<o:p></o:p></p>`,
    ),
    'seeds',
    'soils',
  ],
  [
    'a list whose comments have been lost',
    WORD(
      `<p class=MsoListParagraph style='mso-list:l2 level1 lfo3'><span>(a)<span>&nbsp;&nbsp;</span></span>seeds</p><p style='mso-list:l2 level2 lfo3'><span style='font-family:Symbol'>·&nbsp; </span>soils</p>`,
    ),
    'seeds',
    'soils',
  ],
  [
    'a list with markers in small print only',
    `<p style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">iv.<span>&nbsp;</span></span>a rule</p>`,
    'a rule',
  ],
  [
    'words of a list that look like no marker',
    `<p style='mso-list:l0 level1 lfo1'>I agree&nbsp;with it</p>`,
    'I agree with it',
  ],
  [
    'footnotes: neither mark nor block',
    WORD(
      `<p class=MsoNormal>the pledge<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if !supportFootnotes]><span class=MsoFootnoteReference>[1]</span><![endif]></span></span></a> stands</p><div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all><hr align=left size=1 width="33%"><![endif]><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText>Made in spring.</p></div></div>`,
    ),
    'the pledge stands',
  ],
  [
    'footnotes of a filtered page',
    `<p class=MsoNormal>the pledge<a href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a> stands</p><div><br clear=all><hr><div id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1"><span class=MsoFootnoteReference>[1]</span></a> Made in spring.</p></div></div>`,
    'the pledge stands',
  ],
  [
    'endnotes',
    WORD(
      `<p>a treaty<a style='mso-endnote-id:edn1' href="#_edn1"><span class=MsoEndnoteReference>[i]</span></a>.</p><div style='mso-element:endnote-list'><div style='mso-element:endnote'><p class=MsoEndnoteText>Not yet.</p></div></div>`,
    ),
    'a treaty.',
  ],
  [
    'comments: their anchors and their texts',
    WORD(
      `<p class=MsoNormal>we <a style='mso-comment-reference:AN_1;mso-comment-date:20260101T1000'>take note</a><span class=MsoCommentReference><span style='font-size:8.0pt'><![if !supportAnnotations]><a class=msocomanchor id="_anchor_1" href="#_msocom_1">[AN1]</a><![endif]><span style='mso-special-character:comment'>&nbsp;</span></span></span> of it</p><div style='mso-element:comment-list'><div style='mso-element:comment'><div id="_com_1" class=msocomtxt><p class=MsoCommentText>Stronger?</p></div></div></div>`,
    ),
    'we take note of it',
  ],
  [
    'hidden text',
    WORD(`<p class=MsoNormal>open<span style='display:none;mso-hide:all'> secret</span> words</p>`),
    'open words',
  ],
  [
    'headers and footers',
    `<div style='mso-element:header'><p>Draft 3</p></div><p>The text.</p><div style='mso-element:footer'><p>page 2</p></div>`,
    'The text.',
  ],
  [
    'a tab and two spaces are one space',
    WORD(
      `<p class=MsoNormal>one.&nbsp; Two<span style='mso-tab-count:1'>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; </span>three</p>`,
    ),
    'one. Two three',
  ],
  [
    'a line break, and a page break',
    WORD(
      `<p class=MsoNormal>one<br>\r\ntwo<span style='mso-special-character:line-break'></span><br clear=all style='page-break-before:always'></p>`,
    ),
    'one two',
  ],
  [
    'a table',
    WORD(
      `<table class=MsoTableGrid><tr><td width=301><p class=MsoNormal>water<o:p></o:p></p></td><td><p class=MsoNormal>energy<o:p></o:p></p></td></tr><tr><td><p class=MsoNormal><o:p>&nbsp;</o:p></p></td><td><p class=MsoNormal>soil</p></td></tr></table>`,
    ),
    'water energy',
    'soil',
  ],
  [
    'emphasis by a character style',
    WORD(
      `<p class=MsoNormal><span class=Lead>Noting</span> and <i style='mso-bidi-font-style:normal'>recalling</i> and <b>urging</b></p>`,
      'span.Lead {mso-style-name:Lead; font-style:italic; font-weight:bold;}',
    ),
    '***Noting*** and *recalling* and **urging**',
  ],
  [
    'struck by hand',
    WORD(
      `<p class=MsoNormal>a <s>bad</s> <strike>poor</strike> <span style='text-decoration:line-through'>weak</span>strong text</p>`,
    ),
    'a strong text',
  ],
  [
    'smart tags and shapes',
    WORD(
      `<p>in <st1:place w:st="on">Lisbon</st1:place><!--[if gte vml 1]><v:shape>x</v:shape><![endif]--><![if !vml]><img src="a.png"><![endif]> and <w:sdtPr>x</w:sdtPr><w:Sdt>elsewhere</w:Sdt></p>`,
    ),
    'in Lisbon and elsewhere',
  ],
  [
    'in the browser',
    `<div class="OutlineElement"><p class="Paragraph"><span class="TextRun"><span class="NormalTextRun">Short and </span></span><span class="TextRun" style="font-weight:bold"><span class="NormalTextRun">clear</span></span><span class="EOP">&nbsp;</span></p></div>`,
    'Short and **clear**',
  ],
]

const google: Case[] = [
  [
    'Docs: the wrapper is not bold',
    `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1f"><p dir="ltr" style="line-height:1.38"><span style="font-size:11pt;font-style:italic;white-space:pre-wrap;">Noting</span><span style="font-weight:700;white-space:pre-wrap;"> again</span><span style="white-space:pre-wrap;"> the pact</span></p><br /><p dir="ltr"><span>Second.</span></p></b>`,
    '*Noting*** again** the pact',
    'Second.',
  ],
  [
    'Docs: words from within a paragraph',
    `<meta charset="utf-8"><b style="font-weight:normal" id="docs-internal-guid-2"><span style="white-space:pre-wrap">of all kinds </span></b>`,
    'of all kinds ',
  ],
  [
    'Docs: struck words',
    `<b style="font-weight:normal" id="docs-internal-guid-3"><span>we </span><span style="text-decoration:line-through">may</span><span style="text-decoration:underline">will</span><span> go on</span></b>`,
    'we will go on',
  ],
  [
    'Docs: a list',
    `<ul><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span>rain</span></p></li><li dir="ltr"><p dir="ltr" role="presentation"><span>snow</span></p><ul><li><p>hail</p></li></ul></li></ul>`,
    'rain',
    'snow',
    'hail',
  ],
  [
    'Docs: a footnote',
    `<p><span>Peace</span><sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup><span> first.</span></p><hr><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span> See below.</span></p></div>`,
    'Peace first.',
  ],
  [
    'Sheets: cells',
    `<google-sheets-html-origin><style type="text/css"><!--td {border: 1px solid #cccccc;}br {mso-data-placement:same-cell;}--></style><table xmlns="http://www.w3.org/1999/xhtml" cellspacing="0"><colgroup><col width="100"/></colgroup><tbody><tr style="height:21px;"><td data-sheets-value="{}">wind</td><td>tide</td></tr><tr><td></td><td style="font-weight:bold">sun</td></tr></tbody></table>`,
    'wind tide',
    '**sun**',
  ],
  [
    'Sheets: rows without their table',
    '<tr><td>wind</td><td>tide</td></tr><tr><td>sun</td></tr>',
    'wind tide',
    'sun',
  ],
  ['Sheets: cells without their row', '<meta charset="utf-8"><td>wind</td><td>tide</td>', 'wind tide'],
  [
    'Sheets: a line break in a cell',
    `<table><tr><td>wind<br/>and rain</td><td>tide</td></tr></table>`,
    'wind and rain tide',
  ],
  [
    'Sheets: one cell',
    `<google-sheets-html-origin><span style="font-size:10pt;font-style:normal;" data-sheets-value="{}">wind</span>`,
    'wind',
  ],
]

const office: Case[] = [
  [
    'Excel: cells, a hidden row, and words struck by a class',
    `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style><!--table{mso-displayed-decimal-separator:"\\.";}
.font6 {color:red; font-style:italic; text-decoration:line-through;}
.xl66 {font-weight:700; text-decoration:none;}
.xl67 {text-decoration:line-through;}--></style></head><body link="#0563C1"><table><!--StartFragment--> <col width=87><tr height=20><td class=xl66>coal</td><td>gas <font class="font6">oil</font></td></tr><tr style='display:none'><td>secret</td></tr><tr><td class=xl67>peat</td><td align=right x:num>12</td></tr><!--EndFragment--></table></body></html>`,
    '**coal** gas',
    '12',
  ],
  [
    'LibreOffice: fonts and styles, and lines as its source has them',
    `<!DOCTYPE html><html><head><style type="text/css">p { margin-bottom: 0.1in; }</style></head><body lang="en-GB" dir="ltr"><p style="line-height: 100%; margin-bottom: 0in">
<font face="Liberation Serif, serif"><font size="3">The people of
the valley</font></font> <i>remember</i></p><p style="margin-bottom: 0in"><br/>

</p></body></html>`,
    'The people of the valley *remember*',
  ],
  [
    'LibreOffice: tracked changes and fields',
    `<p>article <sdfield type=SEQ subtype=x>7</sdfield> <del cite="" datetime="2026-01-01T00:00:00"><font>falls</font></del><ins><font>stays</font></ins></p>`,
    'article 7 stays',
  ],
  [
    'LibreOffice: footnotes',
    `<p>the lake<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a> is deep</p><div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a> Very.</p></div>`,
    'the lake is deep',
  ],
  [
    'Calc: cells',
    `<table cellspacing="0" border="0"><colgroup width="85"></colgroup><tr><td height="17" align="left"><font face="Arial">ash</font></td><td align="left"><b>elm</b></td></tr></table>`,
    'ash **elm**',
  ],
  [
    'Pages: classes',
    `<html><head><style type="text/css">p.p1 {margin: 0.0px; font: 12.0px Helvetica}
span.s1 {text-decoration: line-through}
span.s2 {font: bold 12.0px Helvetica}</style></head><body><p class="p1">The <span class="s1">old</span><span class="s2">new</span><span class="Apple-converted-space">&nbsp;</span>bridge</p><p class="p2"><br></p></body></html>`,
    'The **new** bridge',
  ],
  [
    'Notes: tabs and a check list',
    `<ul class="Apple-dash-list"><li>buy<span class="Apple-tab-span" style="white-space:pre">	</span>bread</li><li>mend nets</li></ul>`,
    'buy bread',
    'mend nets',
  ],
]

const web: Case[] = [
  [
    'pronunciation above a word',
    `<p><ruby>水<rp>(</rp><rt>みず</rt><rp>)</rp></ruby>の<ruby>源<rtc><rt>げん</rt></rtc></ruby></p>`,
    '水の源',
  ],
  [
    'a piece of a page',
    `<meta charset='utf-8'><span style="color: rgb(0, 0, 0); display: inline !important;">still waters</span>`,
    'still waters',
  ],
  [
    'the space that a browser protects',
    `<meta charset='utf-8'><span>still<span>&nbsp;</span></span>`,
    'still ',
  ],
  [
    'what no reader sees',
    `<p>seen<span style="display:none">un</span><span hidden>un</span><span style="visibility:hidden">un<b style="visibility:visible">!</b></span><span aria-hidden="true">#</span></p>`,
    'seen**!**',
  ],
  ['a page behind a dialogue', `<main aria-hidden="true"><p>Still here.</p></main>`, 'Still here.'],
  [
    'what is there for screen readers',
    `<p><span class="sr-only">Link:</span>the pact<span style="position:absolute;clip:rect(0,0,0,0);width:1px;height:1px;overflow:hidden">(opens)</span></p>`,
    'the pact',
  ],
  ['words of no size', `<div style="font-size:0">un<span style="font-size:14px">seen</span></div>`, 'seen'],
  [
    'scripts and styles',
    `<style>p{color:red}</style><p>calm<script>alert(1)</script></p><noscript>Turn it on</noscript><template>x</template><iframe srcdoc="x">y</iframe>`,
    'calm',
  ],
  [
    'controls',
    `<p>press <button>Copy</button>here <input value="a"><select><option>b</option></select></p>`,
    'press here',
  ],
  [
    'links are their words',
    `<p>see <a href="https://a.example/#part">the <i>plan</i></a>.</p>`,
    'see the *plan*.',
  ],
  [
    'references to notes',
    `<p>It rained<sup id="cite_ref-1" class="reference"><a href="https://w.example/Rain#cite_note-1">[1]</a></sup> a lot.<sup><a href="#fn2" id="fnref2">2</a></sup></p>`,
    'It rained a lot.',
  ],
  ['references that lead nowhere', `<p>It rained<sup>1</sup> a lot.<sup>2</sup></p>`, 'It rained a lot.'],
  [
    'powers and ordinals',
    `<p>9 m<sup>2</sup> of CO<sub>2</sub> on the 1<sup>st</sup>, 10<sup>6</sup>, five metres<sup>3</sup></p>`,
    '9 m2 of CO2 on the 1st, 106, five metres3',
  ],
  [
    'the notes below',
    `<p>Text.</p><section role="doc-endnotes"><ol><li><p>Note</p></li></ol></section><ol><li id="fn:1"><p><a href="#fnref:1">^</a> Note</p></li></ol>`,
    'Text.',
  ],
  [
    'headings, lists, quotations',
    `<h2>Aims</h2><ol start="3"><li>first</li><li>second<ul><li>deeper</li></ul></li></ol><blockquote><p>so it is</p></blockquote><dl><dt>law</dt><dd>a rule</dd></dl>`,
    'Aims',
    'first',
    'second',
    'deeper',
    'so it is',
    'law',
    'a rule',
  ],
  ['line breaks', `<p>one<br>two<br><br>three</p>`, 'one two', 'three'],
  ['line breaks of the source', `<div>\n  <p>\n  one\n  two\n  </p>\n</div>\n`, 'one two'],
  ['preformatted lines', `<pre>one  two\nthree\n\nfour</pre>`, 'one  two three', 'four'],
  [
    'a table for the layout',
    `<table><tr><td><p>First.</p><p>Second.</p></td><td><p>Third.</p></td></tr></table>`,
    'First.',
    'Second.',
    'Third.',
  ],
  [
    'a table in a table',
    `<table><tr><td>a<table><tr><td>b</td><td>c</td></tr></table></td><td>d</td></tr></table>`,
    'a',
    'b c',
    'd',
  ],
  [
    'boxes beside each other',
    `<div style="display:flex"><span>left</span><span>right</span></div>`,
    'left',
    'right',
  ],
  [
    'boxes that are laid out otherwise than their tags',
    `<div style="display:inline">one</div><div style="display:inline"> two</div><span style="display:block">three</span>`,
    'one two',
    'three',
  ],
  [
    'weights as numbers',
    `<p><b style="font-weight:400">thin</b> <span style="font-weight:600">thick</span> <strong><span style="font-weight:normal">thin</span></strong></p>`,
    'thin **thick** thin',
  ],
  [
    'slant taken back',
    `<em>slanted <span style="font-style:normal">upright</span></em>`,
    '*slanted *upright',
  ],
  [
    'the shorthand',
    `<p><span style="font: italic bold 12px/30px Georgia, serif">both</span></p>`,
    '***both***',
  ],
  [
    'a line through everything inside',
    `<div style="text-decoration: line-through red"><p>gone <u>and gone</u></p></div><p>here</p>`,
    'here',
  ],
  ['soft hyphens and what nobody sees', `<p>sus­tain​able\u202e\u2066 growth</p>`, 'sustainable growth'],
  [
    'more exact rules win',
    `<style>.a.b{text-decoration:none;font-weight:400} .a{text-decoration:line-through;font-weight:bold}</style><p><span class="a">gone</span><span class="a b">kept</span></p>`,
    'kept',
  ],
  [
    'rules for print do not count',
    `<style>@media print{p{display:none}} p::before{content:"x"} p:weird(y){display:none}</style><p>kept</p>`,
    'kept',
  ],
  [
    'a semicolon that parts nothing',
    `<p><span style="background:url('data:x;font-weight:bold');font-style:italic">a</span></p>`,
    '*a*',
  ],
  ['a picture alone', `<img src="x" alt="a map">`],
  ['a picture with its caption', `<figure><img src="x"><figcaption>A map</figcaption></figure>`, 'A map'],
  ['nothing', `<meta charset="utf-8"><div><br></div><p>&nbsp;</p>`],
]

const mail: Case[] = [
  [
    'lines and a quotation',
    `<div dir="ltr">Agreed.<div><br></div><div>Best,</div></div><div class="gmail_quote"><div class="gmail_attr">Ann wrote:<br></div><blockquote class="gmail_quote"><div>Shall we?</div></blockquote></div>`,
    'Agreed.',
    'Best,',
    'Ann wrote:',
    'Shall we?',
  ],
  [
    'a hidden first line',
    `<div style="display:none;max-height:0;overflow:hidden">Preview</div><p>Dear all</p>`,
    'Dear all',
  ],
  [
    'Outlook',
    `<div class=WordSection1><p class=MsoNormal><span style='font-size:11.0pt'>As said&nbsp;: <b>no</b><o:p></o:p></span></p></div>`,
    'As said : **no**',
  ],
]

const own: Case[] = [
  [
    'words in place of others',
    `<p class="block paragraph" dir="auto" data-pm-slice="1 1 []"><span class="sign" data-side="range-start">[</span><del class="struck">useless</del><span class="sign" data-side="wording-start"> / </span><ins class="content">useful </ins><span class="sign" data-side="wording-end">– KEN] </span></p>`,
    'useful ',
  ],
  [
    'the first of several wordings',
    `<p data-pm-slice="1 1 []">a <span class="sign" data-side="range-start">[</span><del class="struck">b</del><span class="sign" data-side="wording-start"> / </span><ins class="content">c</ins><span class="sign" data-side="wording-end"> – KEN</span><span class="sign" data-side="wording-start"> / </span><span data-informals-other=""><ins class="content">d</ins></span><span class="sign" data-side="wording-end"> – EU]</span> e</p>`,
    'a c e',
  ],
  [
    'several paragraphs with numbers',
    `<p data-pm-slice="1 1 []">end of it</p><p><span class="sign" data-side="number">4. </span>Whole.</p><p class="block separator">* * *</p><p><span class="sign" data-side="number">5. </span>Start </p>`,
    'end of it',
    'Whole.',
    'Start ',
  ],
]

describe.each([
  ['Word', word],
  ['Google', google],
  ['other offices', office],
  ['the web', web],
  ['mail', mail],
  ['this product', own],
])('16.10 16.11 words copied from %s', (_source, cases) => {
  test.each(cases)('%s', (_name, html, ...pasted) => {
    expect(pastedOf(html)).toEqual(pasted)
  })
})
